import { randomInt } from 'node:crypto';
import { grade, type GradeOptions } from './grade.ts';
import { isPending, type Status } from '../model/outcome.ts';
import { REPEAT_REPORT_VERSION, type Repeated, type RepeatReport } from '../model/repeatReport.ts';
import type { Outcome } from '../model/report.ts';

/** What is kept of one grading. */
interface Run {
  readonly earned: number;
  readonly outcomes: readonly Pick<Outcome, 'id' | 'title' | 'points' | 'status' | 'earned'>[];
}

/**
 * Grades a submission `times` times, one after another, each time on fresh inputs: if a seed is given, on the inputs of
 * that seed and of the ones that follow it.
 *
 * @param began - called before each grading with its number, from 1
 * @throws UngradableError if the submission cannot be compiled or loaded
 */
export async function repeat(
  options: GradeOptions,
  times: number,
  began: (run: number) => void,
): Promise<RepeatReport> {
  const first = options.seed ?? randomInt(1, 2 ** 31 - times);
  const seeds = Array.from({ length: times }, (_, i) => (first + i) % 2 ** 31);
  const runs: Run[] = [];
  for (const [i, seed] of seeds.entries()) {
    began(i + 1);
    const { totals, outcomes } = await grade({ ...options, seed });
    const kept = outcomes.map(({ id, title, points, status, earned }) => ({ id, title, points, status, earned }));
    runs.push({ earned: totals.earned, outcomes: kept });
  }
  const { assignment, submission, only } = options;
  return {
    schema: 'im2grade/repeat-report',
    version: REPEAT_REPORT_VERSION,
    assignment: { id: assignment.id, version: assignment.version },
    submission: { name: submission.name, digest: submission.digest },
    only: [...only],
    seeds,
    earned: runs.map(({ earned }) => earned),
    criteria: runs[0].outcomes.map((_, index) => repeated(runs.map(({ outcomes }) => outcomes[index]))),
  };
}

/** @param outcomes - one criterion's, of every run */
function repeated(outcomes: Run['outcomes']): Repeated {
  const [{ id, title, points }] = outcomes;
  const counts = new Map<Status, number>();
  for (const { status } of outcomes) counts.set(status, (counts.get(status) ?? 0) + 1);
  const [[usual, times]] = [...counts].sort(([, a], [, b]) => b - a);
  const earned = outcomes.filter(({ status }) => !isPending(status)).map((outcome) => outcome.earned);
  return {
    ...{ id, title, points, usual },
    runs: outcomes.map(({ status, earned }) => ({ status, earned })),
    flips: outcomes.length - times,
    ...(earned.length > 0 ? { least: Math.min(...earned), most: Math.max(...earned) } : {}),
  };
}
