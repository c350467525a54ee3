import { inPool } from '../common/inPool.ts';
import { withSuiteRunners } from '../examine/SuiteRunners.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import type { HonestyReport } from '../model/honestyReport.ts';
import type { Check } from './Check.ts';
import { honestyChecks } from './honestyChecks.ts';
import { OwnExaminer } from './OwnExaminer.ts';

type CheckResult = HonestyReport['checks'][number];

export interface HonestyProgress {
  begin(checks: number): void;
  started(name: string): void;
  finished(result: CheckResult): void;
}

interface HonestyOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly sandbox: Sandbox;
  readonly seed: number;
  readonly isQuick: boolean;
  /** Checks at a time. */
  readonly jobs: number;
  readonly progress: HonestyProgress;
  readonly signal: AbortSignal;
}

/**
 * Checks everything that keeps an assignment honest.
 *
 * @returns undefined if the signal came first
 */
export async function proveHonest(options: HonestyOptions): Promise<HonestyReport | undefined> {
  const { root, assignment, sandbox, seed, isQuick, signal } = options;
  try {
    const checks = await withSuiteRunners(async (suiteRunners) => {
      const examiner = new OwnExaminer({ ...options, suiteRunners });
      try {
        return await runAll(honestyChecks(root, assignment, examiner, { sandbox, isQuick }), options);
      } finally {
        await examiner.close();
      }
    });
    const { id, title, version } = assignment;
    if (signal.aborted) return undefined;
    const about = { assignment: { id, title, version }, seed, quick: isQuick };
    return { schema: 'im2grade/honesty-report', version: 1, ...about, checks };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** What is graded as a submission comes first, alone: its speed is measured. */
async function runAll(checks: readonly Check[], { jobs, progress, signal }: HonestyOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const isMeasured = ({ group }: Check) => group === 'reference' || group === 'skeleton';
  progress.begin(checks.length);
  const run = async (check: Check) => {
    const startedAt = performance.now();
    progress.started(check.name);
    const problems = [...(await check.run())];
    const result = { group: check.group, name: check.name, problems, seconds: (performance.now() - startedAt) / 1000 };
    results[checks.indexOf(check)] = result;
    if (!signal.aborted) progress.finished(result);
  };
  await inPool(checks.filter(isMeasured), 1, signal, run);
  await inPool(
    checks.filter((check) => !isMeasured(check)),
    jobs,
    signal,
    run,
  );
  return results;
}
