/** What one address may have waiting: a person who mistypes a password has one. */
const MOST_WAITING = 5;

/**
 * Does the work of one address after another. People who guess passwords wait for their own guesses, and do not hold up
 * anyone else.
 */
export class AddressQueues {
  readonly #queues = new Map<string, { waiting: number; last: Promise<unknown> }>();

  /** @returns undefined if too much of this address is waiting */
  run<T>(address: string, work: () => Promise<T>): Promise<T> | undefined {
    const queue = this.#queues.get(address) ?? { waiting: 0, last: Promise.resolve() };
    if (queue.waiting >= MOST_WAITING) return undefined;
    queue.waiting++;
    const done = queue.last.then(work).finally(() => {
      if (--queue.waiting === 0) this.#queues.delete(address);
    });
    queue.last = done.catch(() => undefined);
    this.#queues.set(address, queue);
    return done;
  }
}
