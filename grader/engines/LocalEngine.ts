import { Channel } from '../common/Channel.ts';
import type { Delivery, Engine, Made, Pass } from './Engine.ts';
import { gradeOne, type Means } from './gradeOne.ts';
import type { Order } from './Job.ts';

export interface LocalOptions extends Means {
  /** Number of submissions whose correctness is examined at a time. */
  readonly jobs: number;
}

/** Grades in this process, whatever is submitted at once: its width says how much should be. */
export class LocalEngine implements Engine {
  readonly #options: LocalOptions;
  readonly #deliveries = new Channel<Delivery>();

  constructor(options: LocalOptions) {
    this.#options = options;
  }

  width(pass: Pass): number | Promise<number> {
    return pass === 'timed' ? this.#options.lanes() : this.#options.jobs;
  }

  async submit(orders: readonly Order[]): Promise<void> {
    for (const order of orders)
      void gradeOne(order, this.#options).then((made) => this.#deliveries.put(deliveryOf(order, made)));
  }

  results(): AsyncIterable<Delivery> {
    return this.#deliveries;
  }

  async close(): Promise<void> {
    this.#deliveries.end();
  }
}

const deliveryOf = ({ job }: Order, made: Made): Delivery => ({
  key: job.key,
  made,
  acknowledge: async () => undefined,
});
