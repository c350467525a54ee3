import { Channel } from '../../common/Channel.ts';
import type { Assignment } from '../../model/assignment.ts';
import { MachineFault } from '../../model/errors.ts';
import { passesOf } from '../../grade/passes.ts';
import type { Delivery, Engine, Made, Pass } from '../Engine.ts';
import type { Order } from '../Job.ts';
import { unpackFailure, unpackResult } from '../packedResult.ts';
import type { BatchFolder } from './BatchFolder.ts';
import { TaskWriter } from './TaskWriter.ts';

/** Why a job has no result: its task was not run yet. */
export const NO_RESULT_YET = 'no result yet';
/** Or there is no such job: the work has changed since, or its result, which was there, is damaged. */
const NOT_SUBMITTED = 'no job was written for what is handed in now; run grade class … --engine again';

/** Results are read from files: this many at a time. */
const WIDTH = 8;

/** Jobs and results are files in a folder; a cluster's batch system makes the ones into the others. */
export class BatchEngine implements Engine {
  readonly #folder: BatchFolder;
  readonly #assignment: Assignment;
  readonly #to: TaskWriter | ReadonlySet<string>;
  readonly #deliveries = new Channel<Delivery>();

  /** @param to - takes the jobs that have no result; or the keys of those that were written, if results are collected */
  constructor(folder: BatchFolder, assignment: Assignment, to: TaskWriter | ReadonlySet<string>) {
    this.#folder = folder;
    this.#assignment = assignment;
    this.#to = to;
  }

  width(): number {
    return WIDTH;
  }

  async submit(orders: readonly Order[]): Promise<void> {
    for (const order of orders) {
      const result = await this.#result(order);
      if (!result && this.#to instanceof TaskWriter) await this.#to.add(this.#passOf(order), order);
      const made = result ?? (await this.#failure(order));
      this.#deliveries.put({ key: order.job.key, made, acknowledge: async () => undefined });
    }
  }

  /** One that cannot be used is put aside: its task makes it again. */
  async #result({ job }: Order): Promise<Made | undefined> {
    const bytes = await this.#folder.result(job.key);
    if (!bytes) return undefined;
    try {
      return await unpackResult(bytes, job, this.#assignment);
    } catch (error) {
      await this.#folder.putAside(job.key);
      if (this.#to instanceof TaskWriter) return undefined;
      return { type: 'failed', error: error as Error };
    }
  }

  /** What there is instead of a result: what the last try came to, or why there was none. */
  async #failure({ job }: Order): Promise<Made> {
    const bytes = await this.#folder.failure(job.key);
    const isWritten = this.#to instanceof TaskWriter || this.#to.has(job.key);
    if (!bytes) return { type: 'failed', error: new MachineFault(isWritten ? NO_RESULT_YET : NOT_SUBMITTED) };
    try {
      const failure = await unpackFailure(bytes, job, this.#assignment);
      return failure.partial ? { type: 'graded', report: failure.partial } : failure;
    } catch (error) {
      return { type: 'failed', error: error as Error };
    }
  }

  #passOf({ job }: Order): Pass {
    return passesOf(this.#assignment, job.criteria).timed.length > 0 ? 'timed' : 'untimed';
  }

  results(): AsyncIterable<Delivery> {
    return this.#deliveries;
  }

  async close(): Promise<void> {
    if (this.#to instanceof TaskWriter) await this.#to.end();
    this.#deliveries.end();
  }
}
