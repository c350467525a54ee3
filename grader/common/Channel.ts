/**
 * Values that one part of a program puts in and another takes out, in order.
 *
 * @example
 *   channel.put(1);
 *   channel.end();
 *   for await (const value of channel) use(value);
 */
export class Channel<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #isOver = false;
  #fault: Error | undefined;
  #wake: () => void = () => undefined;

  put(value: T): void {
    this.#values.push(value);
    this.#wake();
  }

  /**
   * Nothing more comes.
   *
   * @param fault - thrown at the one who takes, after the last value
   */
  end(fault?: Error): void {
    this.#isOver = true;
    this.#fault ??= fault;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift()!;
      if (this.#fault) throw this.#fault;
      if (this.#isOver) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
