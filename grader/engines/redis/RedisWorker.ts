import { randomUUID } from 'node:crypto';
import { availableParallelism, cpus, hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Bullmq from 'bullmq';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { passesOf } from '../../grade/passes.ts';
import { UsageError } from '../../model/errors.ts';
import type { Made, Pass } from '../Engine.ts';
import { Job, type Order } from '../Job.ts';
import { makeElsewhere } from '../makeElsewhere.ts';
import { type Ability, refusal } from '../refusal.ts';
import { SourceFault, type SubmissionSource } from '../submissionFiles.ts';
import { PassTurns } from './PassTurns.ts';
import { queueName } from './queueName.ts';
import { resultText } from './resultText.ts';
import { ALIVE_MS, forgetWorker, recordWorker, workersIn } from './workersIn.ts';

interface WorkerOptions extends Ability {
  readonly redis: Redis;
  readonly submissions: SubmissionSource;
  readonly gradeOne: (order: Order) => Promise<Made>;
  /** Of the grader. */
  readonly version: string;
  /** Gradings at a time; those that measure times. */
  readonly jobs: number;
  readonly lanes: number;
  /** Jobs of a worker that has been silent for this long are given to others. */
  readonly lostAfterSeconds: number;
  readonly events: readonly WorkerEvents[];
}

type Failure = Extract<Made, { type: 'failed' }>;

/** What becomes of jobs. */
export interface WorkerEvents {
  began(key: string, pass: Pass): void;
  ended(key: string, made: Made, seconds: number, pass: Pass): void;
}

/** A job whose workers die this often is not given to another. */
const MOST_DEATHS = 3;
/** How long a worker rests that has failed at a job; twice as long after each other failure in a row. */
const [REST_MS, MOST_REST_MS] = [1000, 30_000];
/** How often it is looked whether gradings under way have ended. */
const FINISHED_MS = 100;
/** A server that is gone, or frozen, is not waited for longer. */
const LEAVE_MS = 3000;

/** What a job has been through, beside it in the queue. */
const Past = z.object({ failedBy: z.array(z.string()) }).catch({ failedBy: [] });

/** Takes jobs from a queue, makes them, and gives the results back. It knows no gradebook, and no names. */
export class RedisWorker {
  readonly #options: WorkerOptions;
  readonly #bullmq: typeof Bullmq;
  readonly #worker: Bullmq.Worker;
  readonly #widths: Readonly<Record<Pass, number>>;
  readonly #turns: PassTurns;
  readonly #id = randomUUID();
  readonly #startedAt = new Date().toISOString();
  readonly #counts = { running: 0, done: 0, failed: 0 };
  readonly #life: NodeJS.Timeout;
  #failuresInARow = 0;
  #rest: NodeJS.Timeout | undefined;

  private constructor(options: WorkerOptions, bullmq: typeof Bullmq) {
    const { redis, jobs, lanes, lostAfterSeconds } = options;
    this.#options = options;
    this.#bullmq = bullmq;
    this.#widths = { untimed: jobs, timed: lanes };
    this.#turns = new PassTurns(this.#widths);
    this.#worker = new bullmq.Worker(queueName(options), (queued, token) => this.#process(queued, token), {
      connection: redis,
      name: `${hostname()}:${process.pid}`,
      concurrency: jobs,
      lockDuration: lostAfterSeconds * 1000,
      stalledInterval: lostAfterSeconds * 1000,
      maxStalledCount: MOST_DEATHS - 1,
    });
    // The connection says itself when it is lost; what a job came to is an event of its own.
    this.#worker.on('error', () => undefined);
    this.#life = setInterval(() => void this.#live(), ALIVE_MS);
    void this.#live();
  }

  /** Starts to take jobs. The library is loaded only now: other commands start without it. */
  static async start(options: WorkerOptions): Promise<RedisWorker> {
    return new RedisWorker(options, await import('bullmq'));
  }

  async #live(): Promise<void> {
    const { redis, assignment, program, gemm, isolation, version, jobs, lanes } = this.#options;
    const about = { assignment: assignment.id, program, gemm, isolation, version, jobs, lanes };
    const machine = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism(), node: process.version };
    await recordWorker(redis, {
      ...{ id: this.#id, host: hostname(), pid: process.pid, startedAt: this.#startedAt },
      ...{ queue: queueName(this.#options), ...about, ...machine, ...this.#counts },
    }).catch(() => undefined);
  }

  /**
   * @throws UnrecoverableError if trying again is no use
   * @throws WaitingError if it is for another worker, or there is no room for it: it waits in the queue
   */
  async #process(queued: Bullmq.Job<unknown>, token: string | undefined): Promise<string> {
    const { id, data } = queued;
    const { UnrecoverableError } = this.#bullmq;
    const job = Job.safeParse(data);
    if (!job.success || id !== job.data.key) throw new UnrecoverableError('the job is damaged');
    const why = refusal(job.data, this.#options);
    if (why !== undefined) throw new UnrecoverableError(`a worker refuses the job: ${why}`);
    if (failedBy(queued).includes(this.#id) && (await this.#isForOthers(queued))) {
      this.#restAWhile(REST_MS);
      return this.#giveBack(queued, token);
    }
    const pass = passesOf(this.#options.assignment, job.data.criteria).timed.length > 0 ? 'timed' : 'untimed';
    const made = await this.#turns.run(pass, () => {
      // It takes no more than it can make now.
      this.#worker.concurrency = this.#widths[pass];
      return this.#make(job.data, pass);
    });
    if (made === undefined) return this.#giveBack(queued, token);
    if (made.type === 'failed') return this.#fail(queued, token, made);
    this.#failuresInARow = 0;
    return resultText(made);
  }

  async #giveBack(queued: Bullmq.Job<unknown>, token: string | undefined): Promise<never> {
    await queued.moveToWait(token);
    throw new this.#bullmq.WaitingError();
  }

  /**
   * A worker that has no disk left, or cannot read submissions, fails at every job: another that lives is tried first, and only
   * if there is none the job has failed once more.
   *
   * @returns what could be graded, after the last try
   */
  async #fail(queued: Bullmq.Job<unknown>, token: string | undefined, made: Failure): Promise<string> {
    const { error, partial } = made;
    if (error instanceof UsageError) throw new this.#bullmq.UnrecoverableError(error.message);
    this.#restAWhile(Math.min(MOST_REST_MS, REST_MS * 2 ** this.#failuresInARow++));
    if (error instanceof SourceFault) return this.#giveBack(queued, token);
    await queued.updateProgress({ failedBy: [...new Set([...failedBy(queued), this.#id])] });
    if (await this.#isForOthers(queued)) return this.#giveBack(queued, token);
    const isLast = queued.attemptsMade + 1 >= (queued.opts.attempts ?? 1);
    if (partial && isLast) return resultText({ type: 'graded', report: partial });
    throw error;
  }

  /** Whether a worker lives that could make a job, and has not failed at it. */
  async #isForOthers(queued: Bullmq.Job<unknown>): Promise<boolean> {
    const tried = [this.#id, ...failedBy(queued)];
    const workers = await workersIn(this.#options.redis);
    return workers.some(({ id, queue }) => queue === queueName(this.#options) && !tried.includes(id));
  }

  /** Takes no jobs meanwhile. A delay in the queue instead would depend on the clocks of all workers. */
  #restAWhile(ms: number): void {
    clearTimeout(this.#rest);
    void this.#worker.pause(true);
    this.#rest = setTimeout(() => void this.#worker.resume(), ms);
  }

  async #make(job: Job, pass: Pass): Promise<Made> {
    const { submissions, gradeOne, events } = this.#options;
    const startedAt = performance.now();
    this.#counts.running++;
    for (const each of events) each.began(job.key, pass);
    const made = await makeElsewhere(job, submissions, gradeOne);
    this.#counts.running--;
    this.#counts[made.type === 'failed' ? 'failed' : 'done']++;
    for (const each of events) each.ended(job.key, made, (performance.now() - startedAt) / 1000, pass);
    return made;
  }

  /** Takes no more jobs, and waits for those under way. */
  async finish(): Promise<void> {
    clearTimeout(this.#rest);
    const closed = this.#worker.close();
    while (this.#counts.running > 0) await Promise.race([closed, sleep(FINISHED_MS)]);
    await this.#leave(closed);
  }

  /** Leaves the jobs under way to other workers. */
  async abandon(): Promise<void> {
    clearTimeout(this.#rest);
    await this.#leave(this.#worker.close(true));
  }

  async #leave(closed: Promise<void>): Promise<void> {
    clearInterval(this.#life);
    const left = closed.then(() => forgetWorker(this.#options.redis, this.#id)).catch(() => undefined);
    await Promise.race([left, sleep(LEAVE_MS)]);
  }
}

const failedBy = ({ progress }: Bullmq.Job<unknown>): string[] => Past.parse(progress).failedBy;
