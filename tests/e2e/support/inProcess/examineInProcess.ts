import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { bundleOwn } from '../../../../grader/compile/bundleOwn.ts';
import { bundlePrograms, runtimeBundles } from '../../../../grader/compile/runtimeBundles.ts';
import { SuiteRunners } from '../../../../grader/examine/SuiteRunners.ts';
import { selectCriteria } from '../../../../grader/grade/selectCriteria.ts';
import { findSandbox } from '../../../../grader/isolation/findSandbox.ts';
import type { Assignment } from '../../../../grader/model/assignment.ts';
import type { Finding } from '../../../../grader/model/outcome.ts';
import { ROOT } from '../gradeFiles.ts';

/** A whole examination takes a few seconds on a loaded machine; one that hangs would take forever. */
const MOST_MS = 60_000;

const suiteRunners = new SuiteRunners();
let bundled: Promise<string> | undefined;
afterAll(async () => {
  await suiteRunners.close();
  if (bundled) rmSync(await bundled, { recursive: true, force: true });
});

/** The folder with the bundle of the environment. */
async function bundleEnvironment(): Promise<string> {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.cache', 'in-process-'));
  await bundlePrograms(
    ROOT,
    { environment: join(ROOT, 'tests/e2e/support/inProcess/InProcessEnvironment.ts') },
    folder,
  );
  return folder;
}

/**
 * What the suites find in deliverables of our own, several times as fast as a grading finds it; nothing if they hang or
 * end the process. They see inputs of a fresh seed.
 */
export async function examineInProcess(
  assignment: Assignment,
  deliverables: ReadonlyMap<string, string>,
  only: readonly string[],
): Promise<Finding[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-in-process-'));
  const programs = await runtimeBundles(ROOT, assignment);
  const environment = join(await (bundled ??= bundleEnvironment()), 'environment.cjs');
  const suiteRunner = suiteRunners.take({ ...programs, environment });
  try {
    const bundle = join(folder, 'submission.js');
    await bundleOwn(ROOT, assignment, deliverables, bundle);
    const findings = await suiteRunner.examine(
      {
        root: ROOT,
        assignment,
        deliverables: Object.fromEntries(deliverables),
        bundle: readFileSync(bundle),
        sandbox: await findSandbox(ROOT),
        gemm: { kind: 'wasm', files: [] },
        selected: selectCriteria(assignment, only),
        seed: randomInt(1, 2 ** 31),
      },
      { started() {}, finished() {} },
      AbortSignal.timeout(MOST_MS),
    );
    return findings.some(({ status }) => status === 'grader-error') ? undefined : findings;
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') return undefined;
    throw error;
  } finally {
    await suiteRunners.giveBack(suiteRunner);
    rmSync(folder, { recursive: true, force: true });
  }
}
