import type { OwnPrograms } from '../build/ownPrograms.ts';
import { Examiner } from './Examiner.ts';

/** The examiners of a command: those that have ended an examination wait here for the next. */
export class Examiners {
  readonly #waiting = new Set<Examiner>();
  readonly #all = new Set<Examiner>();

  /** Lends `work` an examiner, which is started if none waits. */
  async lend<T>(programs: OwnPrograms, work: (examiner: Examiner) => Promise<T>): Promise<T> {
    const examiner = this.#take(programs);
    try {
      return await work(examiner);
    } finally {
      await this.#takeBack(examiner);
    }
  }

  /** Ends them all. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((examiner) => this.#end(examiner)));
  }

  #take(programs: OwnPrograms): Examiner {
    const waiting = [...this.#waiting].find((examiner) => examiner.programs.folder === programs.folder);
    const examiner = waiting ?? new Examiner(programs);
    this.#waiting.delete(examiner);
    this.#all.add(examiner);
    return examiner;
  }

  async #takeBack(examiner: Examiner): Promise<void> {
    if (examiner.goesOn) this.#waiting.add(examiner);
    else await this.#end(examiner);
  }

  async #end(examiner: Examiner): Promise<void> {
    this.#waiting.delete(examiner);
    this.#all.delete(examiner);
    await examiner.close();
  }
}

/** Does `work` with examiners that end with it. */
export async function withExaminers<T>(work: (examiners: Examiners) => Promise<T>): Promise<T> {
  const examiners = new Examiners();
  try {
    return await work(examiners);
  } finally {
    await examiners.close();
  }
}
