import { join } from 'node:path';
import { inPool } from '../../grader/common/inPool.ts';
import { GradingRunner } from '../../grader/course/GradingRunner.ts';
import type { Engine } from '../../grader/engines/Engine.ts';
import { openRedis } from '../../grader/engines/redis/openRedis.ts';
import { RedisEngine } from '../../grader/engines/redis/RedisEngine.ts';
import { CourseGradebook } from '../../grader/gradebook/store/CourseGradebook.ts';
import { ROOT } from '../measureCommand.ts';
import { ability, workOf } from './sleepingJobs.ts';

/** What it took to have jobs made and to record their results. */
export interface Collected {
  readonly seconds: number;
  /** Of this process. */
  readonly processorSeconds: number;
}

/** The gradebook in a folder. */
export const gradebookIn = (folder: string): string => join(folder, 'gradebook.db');

/**
 * Has an engine make jobs, as a class does, and records them in the gradebook of a folder; those that it has already are
 * not made again.
 *
 * @param seeds - of the jobs
 * @param width - jobs under way at a time
 */
export async function collectGradings(
  engine: Engine,
  folder: string,
  seeds: readonly number[],
  width: number,
): Promise<Collected> {
  const { signal } = new AbortController();
  const book = await CourseGradebook.open(gradebookIn(folder), folder);
  const runner = new GradingRunner({ ...ability, root: ROOT, book, engine, signal });
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  try {
    await inPool(seeds, width, signal, async (seed) => void (await runner.gradings(workOf(seed), [['correctness']])));
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(before);
    return { seconds, processorSeconds: (user + system) / 1e6 };
  } finally {
    await engine.close();
    await book.close();
  }
}

/**
 * The queue, as a collector uses it.
 *
 * @param folder - distinguishes collectors
 */
export async function queueAt(url: string, folder: string): Promise<Engine> {
  const redis = await openRedis({ url, note: () => undefined });
  return RedisEngine.open({ ...ability, redis, name: folder, signal: new AbortController().signal });
}
