import type { Pass } from '../Engine.ts';

/** Keeps what measures times apart from what does not, in one worker: gradings of one pass run together, in turn. */
export class PassTurns {
  readonly #widths: Readonly<Record<Pass, number>>;
  readonly #queue: { readonly pass: Pass; readonly begin: () => void }[] = [];
  #pass: Pass = 'untimed';
  #running = 0;

  /** @param widths - how many gradings of a pass may run at a time */
  constructor(widths: Readonly<Record<Pass, number>>) {
    this.#widths = widths;
  }

  async run<T>(pass: Pass, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      this.#queue.push({ pass, begin });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#running--;
      this.#next();
    }
  }

  /** Begins what may begin, in the order in which it came. */
  #next(): void {
    for (let [first] = this.#queue; first; [first] = this.#queue) {
      const mayBegin = this.#running === 0 || (first.pass === this.#pass && this.#running < this.#widths[first.pass]);
      if (!mayBegin) return;
      this.#queue.shift();
      this.#pass = first.pass;
      this.#running++;
      first.begin();
    }
  }
}
