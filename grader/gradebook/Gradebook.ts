import type { ScoreReport, Totals } from '../model/report.ts';
import { UsageError } from '../model/errors.ts';
import { participantOf } from './participantOf.ts';

/** One submission as a gradebook has it. */
export interface GradebookRow {
  /** As the platform knows it from which the submission was downloaded; its name if that does not say. */
  readonly id: string;
  readonly name: string;
  readonly email?: string | undefined;
  readonly gradedAt: string;
  readonly totals: Totals;
  /** Points by criterion. */
  readonly earned: ReadonlyMap<string, number>;
}

/** The scores of several submissions of one assignment. */
export interface Gradebook {
  readonly assignment: { readonly id: string; readonly title: string };
  readonly criteria: readonly { readonly id: string; readonly points: number }[];
  readonly rows: readonly GradebookRow[];
}

/**
 * The gradebook of some score reports, a row for each.
 *
 * @throws UsageError if there is none, or if they are not all of one version of one assignment
 */
export function gradebookOf(reports: readonly ScoreReport[]): Gradebook {
  const [first] = reports;
  if (!first) throw new UsageError('no report was named');
  const versionOf = ({ assignment }: ScoreReport): string => `${assignment.id}, version ${assignment.version}`;
  const other = reports.find((report) => versionOf(report) !== versionOf(first));
  if (other) {
    throw new UsageError(
      `${other.submission.name} is graded as ${versionOf(other)}, ${first.submission.name} as ${versionOf(first)}: export them one by one`,
    );
  }
  const criteria = new Map(reports.flatMap(({ outcomes }) => outcomes.map(({ id, points }) => [id, points] as const)));
  return {
    assignment: first.assignment,
    criteria: [...criteria].map(([id, points]) => ({ id, points })),
    rows: reports.map(rowOf),
  };
}

const rowOf = ({ submission, grading, totals, outcomes }: ScoreReport): GradebookRow => ({
  ...participantOf(submission.name),
  gradedAt: grading.startedAt,
  totals,
  earned: new Map(outcomes.map(({ id, earned }) => [id, earned])),
});
