import type { Deadlines } from '../model/deadlines.ts';
import { type DeadlineArguments, deadlinesOf } from './deadlineOptions.ts';
import { readHandInTimes } from './readHandInTimes.ts';

/** A file of hand-in times takes precedence over the times in the course's file. */
export function classDeadlinesOf({
  handedIn,
  ...given
}: DeadlineArguments & { readonly handedIn: string | undefined }): Deadlines {
  const deadlines = deadlinesOf(given);
  if (handedIn === undefined) return deadlines;
  const file = readHandInTimes(handedIn, deadlines.due?.zone);
  return {
    ...deadlines,
    handedIn: { ...deadlines.handedIn, ...file.handedIn },
    unreadable: [...deadlines.unreadable, ...file.unreadable],
  };
}
