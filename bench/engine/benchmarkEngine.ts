import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inPool } from '../../grader/common/inPool.ts';
import { Collector } from '../../grader/engines/Collector.ts';
import { openRedis } from '../../grader/engines/redis/openRedis.ts';
import { RedisEngine } from '../../grader/engines/redis/RedisEngine.ts';
import { CourseGradebook } from '../../grader/gradebook/store/CourseGradebook.ts';
import { saveGrading } from '../../grader/gradebook/store/gradings.ts';
import { RedisServer } from '../../tests/e2e/engines/redis.ts';
import { ability, orderOf } from './sleepingJobs.ts';

/** Gradings under way in the queue. */
const WINDOW = 1000;
const SLEEP_MS = 200;
/** Of each worker's slots, for the jobs that sleep. */
const ROUNDS = 25;
/** Long enough for a new worker to start on a busy machine. */
const KILL_EVERY_MS = 12_000;

/** Measures the queue alone: how many gradings it takes into a gradebook, how workers add up, what it costs beside a pool. */
export async function benchmarkEngine(jobs: number): Promise<void> {
  const server = await RedisServer.start();
  try {
    await throughput(server, jobs);
    await scaling(server);
  } finally {
    await server.stop();
  }
}

async function throughput(server: RedisServer, jobs: number): Promise<void> {
  const workers = new Workers(server.url, 0, 50);
  await workers.start(2);
  const killer = setInterval(() => void workers.replaceOne(), KILL_EVERY_MS);
  const { seconds, rows } = await collect(server, jobs, WINDOW);
  clearInterval(killer);
  await workers.end();
  console.log(
    `${jobs} no-op gradings into the gradebook: ${(jobs / seconds).toFixed(0)}/s; required ≥ 2000/s. ` +
      `Recorded ${rows}, ${jobs - rows} lost, while ${workers.killed} workers were killed`,
  );
}

async function scaling(server: RedisServer): Promise<void> {
  let single = 0;
  for (const count of [1, 2, 4, 8]) {
    const workers = new Workers(server.url, SLEEP_MS, 1);
    await workers.start(count);
    const { seconds } = await collect(server, count * ROUNDS, WINDOW);
    await workers.end();
    const ideal = (ROUNDS * SLEEP_MS) / 1000;
    if (count === 1) single = seconds;
    const share = count === 1 ? `${(100 * (seconds / ideal - 1)).toFixed(1)} % over a pool; required ≤ 5 %` : '';
    const linear = count === 1 ? '' : `${(single / seconds).toFixed(3)} of linear; required ≥ 0.95`;
    console.log(
      `${count} workers, ${count * ROUNDS} jobs that sleep ${SLEEP_MS} ms: ${seconds.toFixed(2)} s, ${share}${linear}`,
    );
  }
}

let lastSeed = 0;

/** Submits jobs, records their results in a new gradebook, and counts them there. */
async function collect(server: RedisServer, jobs: number, window: number): Promise<{ seconds: number; rows: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-bench-'));
  const { signal } = new AbortController();
  const book = await CourseGradebook.open(join(folder, 'gradebook.db'), folder);
  const redis = await openRedis({ url: server.url, note: () => undefined });
  const engine = await RedisEngine.open({ ...ability, redis, name: folder, signal });
  const collector = new Collector(engine, signal);
  const { program } = ability;
  const startedAt = performance.now();
  try {
    const seeds = Array.from({ length: jobs }, () => ++lastSeed);
    await inPool(seeds, window, signal, async (seed) => {
      const order = orderOf(seed);
      const { key, assignment, submission } = order.job;
      const facts = { key, assignment, submission: submission.digest, seed };
      await collector.make(order, (made) =>
        saveGrading(
          book,
          { ...facts, assignmentSources: program.assignment, graderSources: program.grader },
          made.type === 'ungradable' ? made.message : made.type,
        ),
      );
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const { rows } = await book.read((db) =>
      db
        .selectFrom('gradings')
        .select(({ fn }) => fn.countAll<number>().as('rows'))
        .where('reason', '=', 'no-op')
        .executeTakeFirstOrThrow(),
    );
    return { seconds, rows };
  } finally {
    await engine.close();
    await book.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Processes that take jobs and sleep. */
class Workers {
  readonly #arguments: readonly string[];
  readonly #running = new Set<ChildProcess>();
  killed = 0;

  constructor(url: string, milliseconds: number, jobs: number) {
    const script = join(import.meta.dirname, 'sleepingWorker.ts');
    this.#arguments = ['--import', 'tsx', script, url, String(milliseconds), String(jobs)];
  }

  async start(count: number): Promise<void> {
    for (let i = 0; i < count; i++) this.#spawn();
    // Their start is not measured.
    await sleep(3000 + 1000 * count);
  }

  #spawn(): void {
    this.#running.add(spawn(process.execPath, this.#arguments, { stdio: ['ignore', 'ignore', 'inherit'] }));
  }

  /** Kills a worker in its jobs; another one takes its place. */
  async replaceOne(): Promise<void> {
    const [oldest] = this.#running;
    this.killed++;
    this.#spawn();
    await this.#kill(oldest);
  }

  async #kill(child: ChildProcess): Promise<void> {
    this.#running.delete(child);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running].map((child) => this.#kill(child)));
  }
}
