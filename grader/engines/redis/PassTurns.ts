import type { Pass } from '../Engine.ts';

interface Waiting {
  readonly pass: Pass;
  decide(mayBegin: boolean): void;
}

/** Keeps what measures times apart from what does not, in one worker: gradings of one pass run together, in turn. */
export class PassTurns {
  readonly #widths: Readonly<Record<Pass, number>>;
  readonly #queue: Waiting[] = [];
  #pass: Pass = 'untimed';
  #running = 0;

  /** @param widths - how many gradings of a pass may run at a time */
  constructor(widths: Readonly<Record<Pass, number>>) {
    this.#widths = widths;
  }

  /**
   * Waits until the gradings of the other pass have ended, and runs work if there is room for it.
   *
   * @returns undefined if there is none: it is not run
   */
  async run<T>(pass: Pass, work: () => Promise<T>): Promise<T | undefined> {
    const mayBegin = await new Promise<boolean>((decide) => {
      this.#queue.push({ pass, decide });
      this.#next();
    });
    if (!mayBegin) return undefined;
    try {
      return await work();
    } finally {
      this.#running--;
      this.#next();
    }
  }

  /** Decides on what waits, in the order in which it came. */
  #next(): void {
    for (let [first] = this.#queue; first; [first] = this.#queue) {
      if (this.#running > 0 && first.pass !== this.#pass) return;
      this.#queue.shift();
      this.#pass = first.pass;
      const mayBegin = this.#running < this.#widths[first.pass];
      if (mayBegin) this.#running++;
      first.decide(mayBegin);
    }
  }
}
