import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { gradingsIn } from '../../tests/e2e/support/gradings.ts';
import type { RedisServer } from '../../tests/e2e/engines/redis.ts';
import { type Collected, gradebookIn } from './collectGradings.ts';
import { inTemporary } from './inTemporary.ts';
import { SleepingWorkers } from './SleepingWorkers.ts';

/** Gradings under way in the queue. */
const WINDOW = 1000;
const KILL_EVERY_MS = 12_000;
const LOOK_MS = 200;

/**
 * Has jobs made that do nothing, while workers are killed, and says how many of them a second are in a gradebook.
 *
 * @param isCollectorKilled - in the middle, and started again
 */
export const measureThroughput = (server: RedisServer, jobs: number, isCollectorKilled: boolean): Promise<void> =>
  inTemporary(async (folder) => {
    const workers = new SleepingWorkers(server, 0, 50);
    try {
      await workers.start(2);
      const before = await server.seconds();
      workers.killAtRandom(KILL_EVERY_MS);
      const startedAt = performance.now();
      let collector = startCollector(server.url, folder, jobs);
      if (isCollectorKilled) {
        while (gradingsIn(gradebookIn(folder)) < jobs / 2) await sleep(LOOK_MS);
        await kill(collector);
        collector = startCollector(server.url, folder, jobs);
      }
      const { seconds, processorSeconds } = JSON.parse(await text(collector.stdout!)) as Collected;
      const took = isCollectorKilled ? (performance.now() - startedAt) / 1000 : seconds;
      const each = (spent: number) => `${((1000 * spent) / jobs).toFixed(2)} ms`;
      const spent = `collector ${each(processorSeconds)}, server ${each((await server.seconds()) - before)}`;
      console.log(
        [
          `${jobs} no-op gradings into the gradebook: ${(jobs / took).toFixed(0)}/s; required ≥ 2000/s.`,
          `  ${countsIn(folder, jobs)}, while ${workers.killed} workers were killed${isCollectorKilled ? ', and the collector in the middle' : ''}.`,
          ...(isCollectorKilled ? [] : [`  Processor time of each: ${spent}`]),
        ].join('\n'),
      );
    } finally {
      await workers.end();
    }
  });

function startCollector(url: string, folder: string, jobs: number): ChildProcess {
  const script = join(import.meta.dirname, 'collector.ts');
  const args = ['--import', 'tsx', script, url, folder, '1', String(jobs), String(WINDOW)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** What became of jobs, by the gradebook: each has a seed of its own. */
function countsIn(folder: string, jobs: number): string {
  const file = new Libsql(gradebookIn(folder));
  const { gradings, seeds } = file
    .prepare('select count(*) as gradings, count(distinct seed) as seeds from gradings')
    .get() as Record<'gradings' | 'seeds', number>;
  file.close();
  return `Recorded ${seeds}, ${jobs - seeds} lost, ${gradings - seeds} doubled`;
}
