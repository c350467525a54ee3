import { readYaml } from '../assignments/readYaml.ts';
import { Deadlines, NO_DEADLINES } from '../model/deadlines.ts';
import { UsageError } from '../model/errors.ts';
import { type ZonedMoment, zonedMomentOf } from '../common/time.ts';
import { MOMENT_FORM } from '../model/time.ts';

/** Options about time of all commands that grade. */
export const DEADLINE_OPTIONS = {
  due: {
    type: 'string',
    describe:
      'When it was due: 2026-11-20T09:00+01:00, or with a zone: "2026-11-20T09:00 Europe/Berlin"; the late policy of the assignment applies',
  },
  deadlines: { type: 'string', describe: 'A YAML file with due, grace, slipDays, extensions and handedIn, by student' },
} as const;

export interface DeadlineArguments {
  readonly due: string | undefined;
  readonly deadlines: string | undefined;
}

/**
 * Combines the file and the options; an option takes precedence over the file.
 *
 * @throws UsageError if either is invalid
 */
export function deadlinesOf({ due, deadlines }: DeadlineArguments): Deadlines {
  const course = deadlines === undefined ? NO_DEADLINES : { ...readYaml(deadlines, Deadlines), isOfAll: true };
  return due === undefined ? course : { ...course, due: checkedMoment('due', due) };
}

/** @throws UsageError if it is not a point in time */
export function checkedMoment(option: string, text: string): ZonedMoment {
  const moment = zonedMomentOf(text);
  if (moment !== undefined) return moment;
  throw new UsageError(`--${option} ${text}: must be ${MOMENT_FORM}`);
}
