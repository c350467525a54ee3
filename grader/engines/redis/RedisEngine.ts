import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { Batches } from '../../common/Batches.ts';
import { Channel } from '../../common/Channel.ts';
import { inPool } from '../../common/inPool.ts';
import { MachineFault } from '../../model/errors.ts';
import type { Delivery, Engine, Made } from '../Engine.ts';
import type { Job, Order } from '../Job.ts';
import type { Ability } from '../refusal.ts';
import { CollectedJobs, type CollectedJob, KEEP_SECONDS } from './CollectedJobs.ts';
import { queueName } from './queueName.ts';
import { resultIn } from './resultText.ts';
import { workersIn } from './workersIn.ts';

interface RedisEngineOptions extends Ability {
  readonly redis: Redis;
  /** Distinguishes collectors, and is the same when one is started again: a result stays until all have recorded it. */
  readonly name: string;
  readonly signal: AbortSignal;
}

const POLL_MS = 25;
/** How long the last question to the server is waited for. */
const CLOSE_MS = 1000;
/** Jobs that a server has lost are submitted again after this time. */
const RENEWAL_MS = 10_000;
/** Number of jobs that the server is asked for at a time. */
const BATCH = 500;
/** Each may be large. */
const UNPACKED_AT_ONCE = 8;
/** How often a job is made that the grader or the machine fails at. */
const ATTEMPTS = 3;
/** Jobs under way: enough that no worker waits for the collector, few enough for its memory. */
const PER_SLOT = 4;
const [FEWEST, MOST] = [64, 4096];

/** Has gradings made by workers behind a queue on a Redis server. */
export class RedisEngine implements Engine {
  readonly #options: RedisEngineOptions;
  readonly #queue: Queue;
  readonly #jobs: CollectedJobs;
  readonly #width: number;
  readonly #submitted = new Batches<Job>((jobs) => this.#add(jobs), BATCH);
  readonly #recorded = new Batches<string>((keys) => this.#jobs.drop(keys), BATCH);
  readonly #waiting = new Map<string, Job>();
  /** The keys of jobs that were submitted. */
  readonly #known = new Set<string>();
  readonly #deliveries = new Channel<Delivery>();
  #isClosed = false;
  #polling: Promise<void> | undefined;

  private constructor(options: RedisEngineOptions, queue: Queue, width: number) {
    this.#options = options;
    this.#queue = queue;
    this.#jobs = new CollectedJobs({ ...options, toKey: (part) => queue.toKey(part) });
    this.#width = width;
    const { signal } = options;
    signal.addEventListener('abort', () => this.#deliveries.end(signal.reason as Error), { once: true });
  }

  static async open(options: RedisEngineOptions): Promise<RedisEngine> {
    const { Queue } = await import('bullmq');
    const { redis } = options;
    const queue = new Queue(queueName(options), { connection: redis, skipMetasUpdate: true });
    queue.on('error', () => undefined);
    const slots = (await workersIn(redis)).reduce((sum, { jobs }) => sum + jobs, 0);
    return new RedisEngine(options, queue, Math.min(MOST, Math.max(FEWEST, PER_SLOT * slots)));
  }

  width(): number {
    return this.#width;
  }

  async submit(orders: readonly Order[]): Promise<void> {
    const jobs = orders.map(({ job }) => job);
    for (const job of jobs) this.#waiting.set(job.key, job);
    await Promise.all(jobs.map((job) => this.#submitted.add(job)));
    this.#polling ??= this.#poll().catch((error: unknown) => this.#deliveries.end(error as Error));
  }

  async #add(jobs: readonly Job[]): Promise<void> {
    const keep = { age: KEEP_SECONDS };
    const opts = { attempts: ATTEMPTS, removeOnComplete: keep, removeOnFail: keep };
    try {
      const anew = jobs.flatMap(({ key }) => (this.#known.has(key) ? [] : [key]));
      // What failed for an earlier command may succeed now.
      await this.#jobs.forgetFailures(anew);
      for (const key of anew) this.#known.add(key);
      await this.#jobs.want(jobs.map(({ key }) => key));
      await this.#queue.addBulk(jobs.map((job) => ({ name: 'grade', data: job, opts: { ...opts, jobId: job.key } })));
    } catch (error) {
      throw serverFault((error as Error).message);
    }
  }

  async #poll(): Promise<void> {
    for (let renewedAt = performance.now(); !this.#isClosed; await sleep(POLL_MS)) {
      const ended = (await this.#jobs.ended()).filter((key) => this.#waiting.has(key));
      for (let at = 0; at < ended.length; at += BATCH) await this.#deliverAll(ended.slice(at, at + BATCH));
      if (performance.now() - renewedAt < RENEWAL_MS) continue;
      await Promise.all([...this.#waiting.values()].map((job) => this.#submitted.add(job)));
      renewedAt = performance.now();
    }
  }

  async #deliverAll(keys: readonly string[]): Promise<void> {
    await inPool(await this.#jobs.fetch(keys), UNPACKED_AT_ONCE, this.#options.signal, (job) => this.#deliver(job));
  }

  async #deliver(ended: CollectedJob): Promise<void> {
    const { key } = ended;
    const job = this.#waiting.get(key);
    if (!job) return;
    this.#waiting.delete(key);
    const made = await this.#madeOf(job, ended);
    this.#deliveries.put({ key, made, acknowledge: () => this.#recorded.add(key) });
  }

  async #madeOf(job: Job, { failure, value }: CollectedJob): Promise<Made> {
    if (value === undefined) return { type: 'failed', error: infrastructureError(failure) };
    try {
      return await resultIn(value, job, this.#options.assignment);
    } catch (error) {
      return { type: 'failed', error: error as Error };
    }
  }

  results(): AsyncIterable<Delivery> {
    return this.#deliveries;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deliveries.end();
    // A server that is gone, or frozen, does not answer.
    await Promise.race([this.#polling, sleep(CLOSE_MS)]);
    this.#options.redis.disconnect();
  }
}

function serverFault(fault: string): MachineFault {
  const isFull = /\bOOM\b/u.test(fault);
  return new MachineFault(
    `the Redis server takes no job: ${isFull ? 'its memory is full; raise maxmemory there' : fault.split('\n')[0]}`,
  );
}

/** What BullMQ says when a job was taken by a worker that died, once more than `maxStalledCount`. */
const STALLED = /stalled more than allowable limit/u;

const infrastructureError = (failure = 'no result'): MachineFault =>
  new MachineFault(
    `infrastructure error: ${STALLED.test(failure) ? 'the workers that graded it died, or lost their connection, three times' : failure}`,
  );
