import { MachineFault } from '../../model/errors.ts';
import type { CourseGradebook } from './CourseGradebook.ts';
import type { AttemptTable } from './tables.ts';

/** The fault of a gradebook that knows a score, and has lost the report. */
export const missingReport = (
  { shown, folder }: CourseGradebook,
  { source, assignment }: Pick<AttemptTable, 'source' | 'assignment'>,
): MachineFault =>
  new MachineFault(
    `the gradebook ${shown}: the report of ${source} for ${assignment} is missing or damaged; restore a copy of ${folder}/gradebook`,
  );
