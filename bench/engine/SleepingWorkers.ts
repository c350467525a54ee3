import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerRecord } from '../../grader/engines/redis/WorkerRecord.ts';
import { workersIn } from '../../grader/engines/redis/workersIn.ts';
import type { RedisServer } from '../../tests/e2e/engines/redis.ts';
import { CpuShare } from './CpuShare.ts';

/** Of the clock in `/proc`. */
const TICKS_A_SECOND = 100;

/** Processes that take jobs and sleep. */
export class SleepingWorkers {
  readonly #server: RedisServer;
  readonly #arguments: readonly string[];
  readonly #running = new Set<ChildProcess>();
  readonly #shares = new Map<ChildProcess, CpuShare>();
  readonly #end = new AbortController();
  #killing: Promise<void> | undefined;
  killed = 0;

  /** @param jobs - at a time in each */
  constructor(server: RedisServer, milliseconds: number, jobs: number) {
    this.#server = server;
    const script = join(import.meta.dirname, 'sleepingWorker.ts');
    this.#arguments = ['--import', 'tsx', script, server.url, String(milliseconds), String(jobs)];
  }

  /** Starts workers, and waits until they take jobs. */
  async start(count: number): Promise<void> {
    const started = Array.from({ length: count }, () => this.#spawn());
    const isThere = ({ pid }: WorkerRecord) => started.some((child) => child.pid === pid);
    await this.#server.with(async (redis) => {
      while (!this.#end.signal.aborted && (await workersIn(redis)).filter(isThere).length < count) await sleep(100);
    });
  }

  #spawn(): ChildProcess {
    const child = spawn(process.execPath, this.#arguments, { stdio: ['ignore', 'ignore', 'inherit'] });
    this.#running.add(child);
    return child;
  }

  /**
   * Limits each worker that runs: what it takes to start is over.
   *
   * @param share - of a core
   */
  limit(share: number): void {
    for (const child of this.#running) this.#shares.set(child, CpuShare.of(child.pid!, share));
  }

  /** From now on kills one of the workers in its jobs again and again, once another one has taken its place. */
  killAtRandom(everyMilliseconds: number): void {
    this.#killing = this.#killAgainAndAgain(everyMilliseconds);
  }

  async #killAgainAndAgain(everyMilliseconds: number): Promise<void> {
    const { signal } = this.#end;
    for (;;) {
      await sleep(everyMilliseconds, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const running = [...this.#running];
      await this.start(1);
      this.killed++;
      await this.#kill(running[Math.floor(Math.random() * running.length)]);
    }
  }

  /** Processor time of the workers that run. */
  seconds(): number {
    const ticks = [...this.#running].map(({ pid }) => {
      const [, fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
      const [user, system] = fields.split(' ').slice(11, 13).map(Number);
      return user + system;
    });
    return ticks.reduce((a, b) => a + b, 0) / TICKS_A_SECOND;
  }

  async #kill(child: ChildProcess): Promise<void> {
    this.#running.delete(child);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
    this.#shares.get(child)?.end();
  }

  async end(): Promise<void> {
    this.#end.abort();
    await this.#killing;
    await Promise.all([...this.#running].map((child) => this.#kill(child)));
  }
}
