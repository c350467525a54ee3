import { Channel } from '../../common/Channel.ts';
import type { Assignment } from '../../model/assignment.ts';
import { MachineFault } from '../../model/errors.ts';
import { passesOf } from '../../grade/passes.ts';
import type { Delivery, Engine, Made, Pass } from '../Engine.ts';
import type { Order } from '../Job.ts';
import { unpackResult } from '../packedResult.ts';
import type { BatchFolder } from './BatchFolder.ts';
import type { TaskWriter } from './TaskWriter.ts';

/** Why a job has no result: its task was not run yet, or failed. */
export const NO_RESULT_YET = 'no result yet';

/** Results are read from files: this many at a time. */
const WIDTH = 8;

/** Jobs and results are files in a folder; a cluster's batch system makes the ones into the others. */
export class BatchEngine implements Engine {
  readonly #folder: BatchFolder;
  readonly #assignment: Assignment;
  readonly #tasks: TaskWriter | undefined;
  readonly #deliveries = new Channel<Delivery>();

  /** @param tasks - takes the jobs that have no result; none are written without it */
  constructor(folder: BatchFolder, assignment: Assignment, tasks?: TaskWriter) {
    this.#folder = folder;
    this.#assignment = assignment;
    this.#tasks = tasks;
  }

  width(): number {
    return WIDTH;
  }

  async submit(orders: readonly Order[]): Promise<void> {
    for (const order of orders) {
      const made = await this.#made(order);
      if (made.type === 'failed') await this.#tasks?.add(this.#passOf(order), order);
      this.#deliveries.put({ key: order.job.key, made, acknowledge: async () => undefined });
    }
  }

  async #made({ job }: Order): Promise<Made> {
    const bytes = await this.#folder.result(job.key);
    if (!bytes) return { type: 'failed', error: new MachineFault(NO_RESULT_YET) };
    try {
      return await unpackResult(bytes, job, this.#assignment);
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
    await this.#tasks?.end();
    this.#deliveries.end();
  }
}
