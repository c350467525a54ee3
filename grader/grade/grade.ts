import { randomInt } from 'node:crypto';
import type { GemmKind } from '@im2grade/engine/run';
import { type Compiled, compileUsable, withStubs } from '../compile/compileUsable.ts';
import { runtimeBundles } from '../compile/runtimeBundles.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import { graderVersion } from '../host/graderVersion.ts';
import { hostEnvironment } from '../host/hostEnvironment.ts';
import type { ExaminationProgress, SuiteRunner } from '../examine/SuiteRunner.ts';
import type { SuiteRunners } from '../examine/SuiteRunners.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import { type Assignment, deliverableAt } from '../model/assignment.ts';
import { NotLoadedError } from '../model/errors.ts';
import { type Finding, hasGraderError } from '../model/outcome.ts';
import { REPORT_VERSION, ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import { type Gemm, gemmWithFiles } from '../run/gemm.ts';
import { gradingCommands } from './gradingCommands.ts';
import { leaveOutUnloadable } from './leaveOutUnloadable.ts';
import { selectCriteria } from './selectCriteria.ts';
import { scoreFindings, totalsOf } from '../score/score.ts';

export interface GradeOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly submission: Submission;
  /** How the user named the submission; used in the replay commands. */
  readonly path: string;
  /** Examine on the inputs of an earlier grading; a fresh seed if left out. */
  readonly seed?: number | undefined;
  /** Ids, id prefixes or kinds; everything when empty. */
  readonly only: readonly string[];
  /** The backend of products, for the submission and the reference. */
  readonly gemm: GemmKind;
  /** The isolation of student code and of what is compared with it. */
  readonly sandbox: Sandbox;
  /** Outcomes of an earlier grading of the same deliverables on the same inputs: what needs them does not wait for them. */
  readonly known?: readonly Finding[] | undefined;
  /** Whether other gradings measure times meanwhile, each on a core of its own. */
  readonly isBesideOthers?: boolean | undefined;
  readonly suiteRunners: SuiteRunners;
  readonly progress: GradeProgress;
  readonly signal?: AbortSignal;
}

export interface GradeProgress extends ExaminationProgress {
  step(name: 'build' | 'examine', criteria?: readonly string[]): void;
}

/**
 * The steps after intake: merge, compile, run, examine, score.
 *
 * @throws UngradableError if nothing of the submission can be compiled and loaded
 * @throws UsageError if `only` names an unknown criterion
 */
export async function grade(options: GradeOptions): Promise<ScoreReport> {
  const { root, assignment, only, suiteRunners, progress } = options;
  const startedAt = new Date();
  const seed = options.seed ?? randomInt(1, 2 ** 31);
  const selected = selectCriteria(assignment, only);
  const clock = stopwatch();

  progress.step('build');
  // If a suite runner has to be started, it starts while the compilers run.
  const programs = await runtimeBundles(root, assignment);
  let compiled: Built | undefined;
  const work = (): Promise<ScoreReport> =>
    suiteRunners.with(programs, async (suiteRunner) => {
      compiled ??= await build(options);
      clock.lap('build');

      progress.step('examine', selected);
      const findings = await examine(suiteRunner, options, compiled, { selected, seed });
      const again = await examineAgain(suiteRunner, options, compiled, findings, seed);
      clock.lap('examine');

      return reportOf(options, compiled, again, { seed, startedAt, seconds: clock.seconds });
    });
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotLoadedError && compiled)) throw error;
    const { limits } = assignment;
    const settings = { sandbox: options.sandbox, programs, limits, gemm: compiled.gemm };
    const rest = await leaveOutUnloadable(findToolchain(root, options.sandbox), assignment, compiled, settings);
    if (!rest) throw error;
    compiled = { ...rest, gemm: compiled.gemm };
    return work();
  }
}

interface Built extends Compiled {
  readonly gemm: Gemm;
}

async function build({ root, assignment, submission, sandbox, gemm: kind }: GradeOptions): Promise<Built> {
  const [gemm, compiled] = await Promise.all([
    gemmWithFiles(root, sandbox, kind),
    compileUsable(findToolchain(root, sandbox), assignment, submission),
  ]);
  return { ...compiled, gemm };
}

function examine(
  suiteRunner: SuiteRunner,
  { root, assignment, sandbox, known = [], isBesideOthers = false, progress, signal }: GradeOptions,
  { bundle, gemm, files, unusable: reasons }: Built,
  run: { readonly selected: readonly string[]; readonly seed: number },
): Promise<Finding[]> {
  const deliverables = Object.fromEntries(withStubs(assignment, files));
  const unusable = Object.fromEntries(reasons);
  const settings = { root, assignment, deliverables, unusable, bundle, sandbox, gemm, known, isBesideOthers };
  return suiteRunner.examine({ ...settings, ...run }, progress, signal);
}

/**
 * Examines once more, in a fresh process and on the same inputs, the criteria at which the grader or the machine
 * failed: a process may have been killed.
 *
 * @param first - the process of the first examination
 */
async function examineAgain(
  first: SuiteRunner,
  options: GradeOptions,
  compiled: Built,
  findings: readonly Finding[],
  seed: number,
): Promise<Finding[]> {
  const selected = findings.filter((finding) => hasGraderError([finding])).map(({ id }) => id);
  if (selected.length === 0 || first.isOverdue) return [...findings];
  return options.suiteRunners.with(first.programs, async (suiteRunner) => {
    const later = await examine(suiteRunner, options, compiled, { selected, seed });
    const found = new Map(later.map((finding) => [finding.id, finding]));
    return findings.map((finding) => found.get(finding.id) ?? finding);
  });
}

function reportOf(
  { root, assignment, submission, path, only, sandbox }: GradeOptions,
  { warnings, gemm, unusable }: Built,
  findings: readonly Finding[],
  { seed, startedAt, seconds }: { seed: number; startedAt: Date; seconds: Record<string, number> },
): ScoreReport {
  const commands = gradingCommands({ words: [path], assignment: assignment.id, seed });
  const outcomes = scoreFindings(assignment, findings, (id) => commands.only(id));
  const { id, title, version } = assignment;
  return ScoreReport.parse({
    schema: 'im2grade/score-report',
    version: REPORT_VERSION,
    assignment: { id, title, version },
    submission: {
      name: submission.name,
      students: [],
      digest: submission.digest,
      files: [...submission.files].map(([path, text]) => ({ path, bytes: bytesOf(assignment, path, text) })),
      ignored: [...submission.ignored],
      assumed: [...submission.assumed],
      unusable: [...unusable].map(([path, reason]) => ({ path, reason })),
    },
    grading: {
      seed,
      startedAt: startedAt.toISOString(),
      seconds,
      only: [...only],
      command: commands.all,
    },
    environment: hostEnvironment(graderVersion(root), gemm.kind, sandbox, assignment.data),
    warnings: [...warnings],
    totals: totalsOf(assignment, outcomes),
    outcomes,
  } satisfies ScoreReport);
}

function bytesOf(assignment: Assignment, path: string, text: string): number {
  const isBinary = deliverableAt(assignment, path)?.binary ?? false;
  return Buffer.byteLength(text, isBinary ? 'base64' : 'utf8');
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
