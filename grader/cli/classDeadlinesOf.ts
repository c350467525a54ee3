import { withKept } from '../class/deadlines.ts';
import type { CourseDeadline, Deadlines } from '../model/deadlines.ts';
import { type DeadlineArguments, deadlinesOf } from './deadlineOptions.ts';
import { readHandInTimes } from './readHandInTimes.ts';

interface ClassDeadlineArguments extends DeadlineArguments {
  readonly handedIn: string | undefined;
}

/**
 * A file of hand-in times takes precedence over the times in the course's file.
 *
 * @param kept - when the assignment is due, unless the options say so
 * @throws UsageError if a file or an option is invalid
 */
export function classDeadlinesOf({ handedIn, ...given }: ClassDeadlineArguments, kept?: CourseDeadline): Deadlines {
  const deadlines = withKept(deadlinesOf(given), kept);
  if (handedIn === undefined) return deadlines;
  const file = readHandInTimes(handedIn, deadlines.due?.zone);
  return {
    ...deadlines,
    handedIn: { ...deadlines.handedIn, ...file.handedIn },
    unreadable: [...deadlines.unreadable, ...file.unreadable],
  };
}
