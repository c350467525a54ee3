import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GemmKind } from '@im2grade/engine/run';
import { bundleSubmission } from '../compile/bundleSubmission.ts';
import { checkTypes } from '../compile/checkTypes.ts';
import { runtimeBundles } from '../compile/runtimeBundles.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import { hostEnvironment } from '../host/hostEnvironment.ts';
import type { ExaminationProgress } from '../examine/SuiteRunner.ts';
import type { SuiteRunners } from '../examine/SuiteRunners.ts';
import { mergeFiles } from '../compile/mergeFiles.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import { type Assignment, criteriaOf } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { REPORT_VERSION, ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import { gemmWithFiles } from '../run/gemm.ts';
import { scoreFindings, totalsOf } from '../score/score.ts';

export interface GradeOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly submission: Submission;
  /** How the user named the submission; stands in the replay commands. */
  readonly path: string;
  /** Examine on the inputs of an earlier grading; a fresh seed when left out. */
  readonly seed?: number | undefined;
  /** Ids, id prefixes or kinds; everything when empty. */
  readonly only: readonly string[];
  /** What the submission and the reference compute products with. */
  readonly gemm: GemmKind;
  /** What student code, and what is compared with it, is run in. */
  readonly sandbox: Sandbox;
  readonly suiteRunners: SuiteRunners;
  readonly progress: GradeProgress;
  readonly signal?: AbortSignal;
}

export interface GradeProgress extends ExaminationProgress {
  step(name: 'build' | 'examine', criteria?: readonly string[]): void;
}

/**
 * The flow behind the intake: merge, build, run, examine, score.
 *
 * @throws UngradableError when the submission cannot be built or loaded
 * @throws UsageError when `only` names what there is not
 */
export async function grade(options: GradeOptions): Promise<ScoreReport> {
  const { root, assignment, submission, only, sandbox, suiteRunners, progress, signal } = options;
  const startedAt = new Date();
  const seed = options.seed ?? randomInt(1, 2 ** 31);
  const selected = selectCriteria(assignment, only);
  const clock = stopwatch();

  progress.step('build');
  const toolchain = findToolchain(root, sandbox);
  const workspace = mergeFiles(assignment, submission.files);
  const programs = await runtimeBundles(root, assignment);
  // A suite runner that has to be started starts while the compilers run.
  const { gemm, warnings, findings } = await suiteRunners.lend(programs, async (suiteRunner) => {
    const [gemm, bundle, warnings] = await Promise.all([
      gemmWithFiles(root, sandbox, options.gemm),
      bundleSubmission(toolchain, assignment, workspace),
      checkTypes(toolchain, assignment, workspace),
    ]);
    clock.lap('build');

    progress.step('examine', selected);
    const deliverables = Object.fromEntries(submission.files);
    const settings = { root, assignment, deliverables, bundle, selected, seed, sandbox, gemm };
    return { gemm, warnings, findings: await suiteRunner.examine(settings, progress, signal) };
  });
  clock.lap('examine');

  const replay = (id: string) =>
    `npm run grade -- ${options.path} --assignment ${assignment.id} --only ${id} --seed ${seed}`;
  const outcomes = scoreFindings(assignment, findings, replay);
  return ScoreReport.parse({
    schema: 'im2grade/score-report',
    version: REPORT_VERSION,
    assignment: {
      id: assignment.id,
      title: assignment.title,
      version: assignment.version,
    },
    submission: {
      name: submission.name,
      digest: submission.digest,
      files: [...submission.files].map(([path, text]) => ({ path, bytes: bytesOf(assignment, path, text) })),
      ignored: [...submission.ignored],
    },
    grading: {
      seed,
      startedAt: startedAt.toISOString(),
      seconds: clock.seconds,
      only: [...only],
      command: replay('').replace(' --only ', ''),
    },
    environment: hostEnvironment(graderVersion(root), gemm.kind, sandbox, assignment.data),
    warnings,
    totals: totalsOf(assignment, outcomes),
    outcomes,
  } satisfies ScoreReport);
}

/**
 * The ids that `only` names: an id, the beginning of ids up to a dot, or a kind.
 *
 * @throws UsageError naming a word that fits nothing
 */
export function selectCriteria(assignment: Assignment, only: readonly string[]): string[] {
  const criteria = criteriaOf(assignment);
  if (only.length === 0) return criteria.map(({ id }) => id);
  const fits = (word: string) =>
    criteria.filter(({ id, kind }) => id === word || kind === word || id.startsWith(`${word}.`));
  const unknown = only.find((word) => fits(word).length === 0);
  if (unknown !== undefined) {
    throw new UsageError(
      `unknown criterion "${unknown}"; ${assignment.id} has ${criteria.map(({ id }) => id).join(', ')}`,
    );
  }
  const wanted = new Set(only.flatMap(fits));
  return criteria.filter((criterion) => wanted.has(criterion)).map(({ id }) => id);
}

function bytesOf({ deliverables }: Assignment, path: string, text: string): number {
  const isBinary = deliverables.find((each) => each.path === path)?.binary ?? false;
  return Buffer.byteLength(text, isBinary ? 'base64' : 'utf8');
}

function graderVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}

function stopwatch(): { seconds: Record<string, number>; lap(name: string): void } {
  const seconds: Record<string, number> = {};
  let last = performance.now();
  return {
    seconds,
    lap(name) {
      const now = performance.now();
      seconds[name] = (now - last) / 1000;
      last = now;
    },
  };
}
