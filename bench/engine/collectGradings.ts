import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inPool } from '../../grader/common/inPool.ts';
import { GradingRunner } from '../../grader/course/GradingRunner.ts';
import type { Engine } from '../../grader/engines/Engine.ts';
import { CourseGradebook } from '../../grader/gradebook/store/CourseGradebook.ts';
import { ROOT } from '../measureCommand.ts';
import { ability, SLEPT, workOf } from './sleepingJobs.ts';

/** What it took to have jobs made and to record their results. */
interface Collected {
  readonly seconds: number;
  /** Of this process. */
  readonly processorSeconds: number;
  /** Number of jobs in the gradebook at the end. */
  readonly recorded: number;
}

/** Number of jobs so far: each has another seed. */
let lastSeed = 0;

/**
 * Has an engine make jobs, as a class does, and counts them in a new gradebook.
 *
 * @param width - jobs under way at a time
 */
export async function collectGradings(
  engineIn: (folder: string) => Promise<Engine>,
  jobs: number,
  width: number,
): Promise<Collected> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  const { signal } = new AbortController();
  const book = await CourseGradebook.open(join(folder, 'gradebook.db'), folder);
  const engine = await engineIn(folder);
  const runner = new GradingRunner({ ...ability, root: ROOT, book, engine, signal });
  const seeds = Array.from({ length: jobs }, () => ++lastSeed);
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  try {
    await inPool(seeds, width, signal, async (seed) => void (await runner.gradings(workOf(seed), [['correctness']])));
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(before);
    return { seconds, processorSeconds: (user + system) / 1e6, recorded: await recordedIn(book) };
  } finally {
    await engine.close();
    await book.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function recordedIn(book: CourseGradebook): Promise<number> {
  const counted = await book.read((db) =>
    db
      .selectFrom('gradings')
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('reason', '=', SLEPT.message)
      .executeTakeFirstOrThrow(),
  );
  return Number(counted.rows);
}
