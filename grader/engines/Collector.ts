import type { Delivery, Engine, Made } from './Engine.ts';
import type { Order } from './Job.ts';

interface Waiting {
  resolve(delivery: Delivery): void;
  reject(reason: unknown): void;
}

/** Orders gradings of an engine and hands each result to the one who waits for it. */
export class Collector {
  readonly #engine: Engine;
  readonly #signal: AbortSignal;
  readonly #waiting = new Map<string, Waiting>();
  #isListening = false;

  constructor(engine: Engine, signal: AbortSignal) {
    this.#engine = engine;
    this.#signal = signal;
  }

  /**
   * Has a grading made, and acknowledges the result once it is recorded.
   *
   * @param order - of a key that is not under way
   * @param record - a failure is recorded, too, or the engine would keep it
   * @throws what `record` throws, what the engine throws, and the reason of the signal if it is aborted
   */
  async make<T>(order: Order, record: (made: Made) => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted();
    const delivered = new Promise<Delivery>((resolve, reject) => this.#waiting.set(order.job.key, { resolve, reject }));
    this.#listen();
    this.#engine.submit([order]).catch((error: unknown) => this.#waiting.get(order.job.key)?.reject(error));
    try {
      const { made, acknowledge } = await delivered;
      const recorded = await record(made);
      await acknowledge();
      return recorded;
    } finally {
      this.#waiting.delete(order.job.key);
    }
  }

  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#hear().catch((error: unknown) => this.#rejectAll(error));
  }

  async #hear(): Promise<void> {
    for await (const delivery of this.#engine.results()) this.#waiting.get(delivery.key)?.resolve(delivery);
  }

  #rejectAll(reason: unknown): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
  }
}
