import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { Channel } from '../../common/Channel.ts';
import { MachineFault } from '../../model/errors.ts';
import type { Delivery, Engine, Made } from '../Engine.ts';
import type { Job, Order } from '../Job.ts';
import { unpackResult } from '../packedResult.ts';
import type { Ability } from '../refusal.ts';
import { queueName } from './queueName.ts';
import { workersIn } from './workersIn.ts';

interface RedisEngineOptions extends Ability {
  readonly redis: Redis;
  /** Distinguishes collectors, and is the same when one is started again: a result stays until all have recorded it. */
  readonly name: string;
  readonly signal: AbortSignal;
}

const POLL_MS = 100;
/** Jobs that a server has lost are submitted again after so many polls. */
const POLLS_TO_RENEWAL = 100;
/** How often a job is made that the grader or the machine fails at. */
const ATTEMPTS = 3;
const RETRY_MS = 1000;
/** What nobody collects is removed after this time. */
const KEEP_SECONDS = 14 * 24 * 3600;
/** Jobs under way: enough that no worker waits for the collector, few enough for its memory. */
const PER_SLOT = 4;
const [FEWEST, MOST] = [64, 4096];

/** Has gradings made by workers behind a queue on a Redis server. */
export class RedisEngine implements Engine {
  readonly #options: RedisEngineOptions;
  readonly #queue: Queue;
  readonly #width: number;
  readonly #waiting = new Map<string, Job>();
  readonly #deliveries = new Channel<Delivery>();
  #isClosed = false;
  #polling: Promise<void> | undefined;

  private constructor(options: RedisEngineOptions, queue: Queue, width: number) {
    this.#options = options;
    this.#queue = queue;
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
    await this.#add(jobs);
    this.#polling ??= this.#poll().catch((error: unknown) => this.#deliveries.end(error as Error));
  }

  async #add(jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    const { redis, name } = this.#options;
    const pipeline = redis.pipeline();
    for (const { key } of jobs)
      pipeline.sadd(this.#interestIn(key), name).expire(this.#interestIn(key), String(KEEP_SECONDS));
    await pipeline.exec();
    const keep = { age: KEEP_SECONDS };
    await this.#queue.addBulk(
      jobs.map((job) => ({
        name: 'grade',
        data: job,
        opts: {
          ...{ jobId: job.key, attempts: ATTEMPTS, removeOnComplete: keep, removeOnFail: keep },
          backoff: { type: 'fixed', delay: RETRY_MS },
        },
      })),
    );
  }

  #interestIn = (key: string): string => `im2grade:waiting:${key}`;

  async #poll(): Promise<void> {
    const { redis } = this.#options;
    for (let polls = 1; !this.#isClosed; polls++) {
      const done = await Promise.all(
        ['completed', 'failed'].map((state) => redis.zrange(this.#queue.toKey(state), '0', '-1')),
      );
      const found = done.flat().filter((key) => this.#waiting.has(key));
      await Promise.all(found.map((key) => this.#deliver(key)));
      if (polls % POLLS_TO_RENEWAL === 0) await this.#add([...this.#waiting.values()]);
      if (found.length === 0) await sleep(POLL_MS);
    }
  }

  async #deliver(key: string): Promise<void> {
    const job = this.#waiting.get(key);
    const done = await this.#queue.getJob(key);
    if (!job || !done) return;
    this.#waiting.delete(key);
    const made = await this.#madeOf(job, done.failedReason, done.returnvalue);
    this.#deliveries.put({ key, made, acknowledge: () => this.#acknowledge(key) });
  }

  async #madeOf(job: Job, failure: string | undefined, value: unknown): Promise<Made> {
    if (typeof value !== 'string') return { type: 'failed', error: infrastructureError(failure) };
    try {
      return await unpackResult(Buffer.from(value, 'base64'), job, this.#options.assignment);
    } catch (error) {
      return { type: 'failed', error: error as Error };
    }
  }

  /** Removes a result that nobody else waits for. */
  async #acknowledge(key: string): Promise<void> {
    const { redis, name } = this.#options;
    const counted = await redis.multi().srem(this.#interestIn(key), name).scard(this.#interestIn(key)).exec();
    if (counted?.[1][1] === 0) await this.#queue.remove(key);
  }

  results(): AsyncIterable<Delivery> {
    return this.#deliveries;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#deliveries.end();
    // A server that is gone never answers.
    if (this.#options.redis.status === 'ready') await this.#polling;
    this.#options.redis.disconnect();
  }
}

/** What BullMQ says when a job was taken by a worker that died, once more than `maxStalledCount`. */
const STALLED = /stalled more than allowable limit/u;

const infrastructureError = (failure = 'no result'): MachineFault =>
  new MachineFault(
    `infrastructure error: ${STALLED.test(failure) ? 'the workers that graded it died, or lost their connection, three times' : failure}`,
  );
