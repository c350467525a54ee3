import { UsageError } from '../model/errors.ts';

/** What a command throws that needs hand-ins of an assignment. */
export const nothingHandedIn = (assignment: string): UsageError =>
  new UsageError(`${assignment}: nobody has handed in anything for it`);
