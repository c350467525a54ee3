import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { takeMachine } from '../../../grader/host/timingLanes.ts';
import { findSandbox, reducedSandbox } from '../../../grader/isolation/findSandbox.ts';
import type { Sandbox } from '../../../grader/isolation/Sandbox.ts';
import type { ScoreReport } from '../../../grader/model/report.ts';
import { renderHtml } from '../../../grader/report/html/renderHtml.ts';
import { renderReport } from '../../../grader/report/terminal/renderReport.ts';
import { Deadline } from '../../../grader/run/Deadline.ts';
import { assignmentOf, deliverablesIn, gradeFiles, ROOT } from '../support/gradeFiles.ts';
import { type Attack, hostileFiles, readAttacks } from './submissions/readAttacks.ts';

const SEED = 20181121;
/** No attack may delay a class for longer, on a machine that does nothing else. */
const SECONDS = 60;
/** Ends what hangs: a loaded machine takes ten times as long, and what is timed waits until no other grading measures. */
const MOST_MS = 900_000;
const isTimed = ({ only }: Attack): boolean => only.some((id) => id.startsWith('speed.') || id === 'team.scaling');

const course = assignmentOf('conv2d-gemm');
/** Of the same kind as a course's and reached sooner: some attacks use all that a limit allows, several times. */
const limits = { ...course.limits, buildSeconds: 2, loadSeconds: 1, callSeconds: 0.5, memoryMiB: 256 };
const assignment = { ...course, limits };
const reference = deliverablesIn(assignment, assignment.folders.reference);
const sandbox = await findSandbox(ROOT);
const tiers = [...(sandbox.tier === 'strict' ? [sandbox] : []), reducedSandbox(ROOT)];

/** A deliverable that is refused costs what needs it; a submission of which all could be used is never refused. */
const graded = (attack: Attack, where: Sandbox): Promise<ScoreReport> =>
  gradeFiles(assignment, attack.about, hostileFiles(attack, reference), attack.only, SEED, where);

/** Terminal text and pages in which text of a submission is nothing but text. */
async function expectHarmlessToRead(report: ScoreReport): Promise<void> {
  expect(renderReport(report, { width: 100, colour: false })).not.toMatch(/[^\P{C}\n]/u);
  expect(await renderHtml(report)).not.toMatch(/<script>alert|<img src=x|<svg onload/);
}

const lostBy = ({ outcomes }: ScoreReport) => outcomes.filter(({ status }) => status !== 'passed');

/**
 * Attacks for which the tier could make a difference; the other kinds fail at the realm and the grader, which both
 * tiers have.
 */
const TIERS_MATTER = ['bundle', 'realm', 'resources'];

const corpus = readAttacks(join(ROOT, 'tests/e2e/attacks/submissions'));

for (const [i, where] of tiers.entries()) {
  describe.each(corpus.filter(([group]) => i === 0 || TIERS_MATTER.includes(group)))(
    `a submission in the ${where.tier} tier, of the kind %s:`,
    (_, attacks) => {
      test.concurrent.each(attacks.map((attack) => [attack.about, attack.stoppedBy, attack] as const))(
        '%s Stopped: %s',
        (__, ___, attack) => expectStopped(attack, where),
        MOST_MS,
      );
    },
  );
}

/** Counts the time that the processes below this one compute on all cores, or sleep: not while other programs run instead. */
async function inTime<T>(grading: Promise<T>): Promise<T> {
  let deadline: Deadline | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const onPassed = () => reject(new Error(`a class would be delayed for more than ${SECONDS} s`));
    deadline = new Deadline(process.pid, { seconds: SECONDS, threads: availableParallelism(), onPassed });
  });
  try {
    return await Promise.race([grading, tooLate]);
  } finally {
    deadline?.stop();
  }
}

/** The attack loses what its label says; nothing of it breaks the grader or the pages. */
async function expectStopped(attack: Attack, where: Sandbox): Promise<void> {
  // The wait for its turn is not the attack's delay.
  if (isTimed(attack)) (await takeMachine()).release();
  const report = await inTime(graded(attack, where));
  const lost = lostBy(report);
  expect(lost.map(({ id }) => id)).toEqual(attack.loses);
  for (const { reason } of lost) expect(reason).toMatch(new RegExp(attack.reason ?? ''));
  for (const { reason } of report.submission.unusable) expect(reason).not.toMatch(/[^\P{C}]/u);
  expect(lost.filter(({ status, earned }) => status === 'grader-error' || earned > 0)).toEqual([]);
  await expectHarmlessToRead(report);
}

test('after all of them, in the same process, a good submission is graded as usual', async () => {
  const only = ['im2mat', 'conv2d.forward'];
  const { outcomes } = await gradeFiles(assignment, 'afterwards', reference, only, SEED);
  expect(outcomes.filter(({ status }) => status !== 'passed')).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
