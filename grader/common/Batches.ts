interface Waiting<T> {
  readonly item: T;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Does together what costs about as much for many as for one: what is added while a batch is under way makes up the next.
 *
 * @example
 *   const removals = new Batches((keys: readonly string[]) => remove(keys), 500);
 *   await Promise.all([removals.add('a'), removals.add('b')]);
 */
export class Batches<T> {
  readonly #work: (items: readonly T[]) => Promise<void>;
  readonly #most: number;
  readonly #waiting: Waiting<T>[] = [];
  #isWorking = false;

  /**
   * @param work - does a batch; if it fails, all of the batch has failed
   * @param most - number of items in a batch
   */
  constructor(work: (items: readonly T[]) => Promise<void>, most: number) {
    this.#work = work;
    this.#most = most;
  }

  /**
   * Adds an item, and waits until its batch is done.
   *
   * @throws what the work of its batch throws
   */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#isWorking) void this.#workOff();
    });
  }

  async #workOff(): Promise<void> {
    this.#isWorking = true;
    // What is added in the same turn is one batch from the first on.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#most);
      try {
        await this.#work(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#isWorking = false;
  }
}
