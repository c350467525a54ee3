import { median } from '../common/median.ts';
import type { ClassCell, ClassRow } from '../model/classReport.ts';
import type { Outcome, ScoreReport } from '../model/report.ts';
import type { HandInTimes } from '../score/handInTimes.ts';
import type { HandIn } from './handInsOf.ts';
import { tellingEvidence } from '../report/class/tellingEvidence.ts';
import type { Absent } from './roster/enrol.ts';

const whose = ({ id, name, email, students, isLate, source }: HandIn) => ({
  id,
  name,
  ...(email === undefined ? {} : { email }),
  students: [...students],
  isLate,
  source,
});

/**
 * The row of a submission that has a score report.
 *
 * @param times - if known, they decide whether it was late, not the download's mark
 */
export function gradedRow(
  handIn: HandIn,
  { submission, totals, outcomes, environment }: ScoreReport,
  times: HandInTimes | undefined,
): ClassRow {
  return {
    ...whose(handIn),
    isLate: times ? totals.late !== undefined : handIn.isLate,
    status: 'graded',
    message: '',
    ...(submission.unusable.length > 0 && { leftOut: submission.unusable.map(({ reason }) => reason) }),
    digest: submission.digest,
    folder: handIn.folder,
    totals,
    machine: `${environment.cpu}, ${environment.cores} cores`,
    ...(environment.worker !== undefined && { worker: environment.worker }),
    criteria: Object.fromEntries(outcomes.map((outcome) => [outcome.id, cellOf(outcome)])),
  };
}

function cellOf({ status, earned, evidence }: Outcome): ClassCell {
  const timing = evidence.find((each) => each.type === 'timing');
  const reference = timing && { reference: median(timing.seconds.reference) };
  return { status, earned, ...tellingEvidence({ evidence }), ...reference };
}

/** The row of a submission without a score report. */
export const failedRow = (handIn: HandIn, status: 'ungradable' | 'grader-error', message: string): ClassRow => ({
  ...whose(handIn),
  status,
  message: message.split('\n')[0],
  criteria: {},
});

/** The row of someone who is on the roster and handed in nothing. */
export const absentRow = ({ student, message }: Absent): ClassRow => ({
  id: student.ids.sid ?? student.ids.login ?? Object.values(student.ids)[0] ?? student.name,
  name: student.name,
  ...(student.email === undefined ? {} : { email: student.email }),
  students: [student],
  isLate: false,
  source: '',
  status: 'absent',
  message,
  criteria: {},
});
