import type { RuntimeBundles } from '../compile/runtimeBundles.ts';
import { SuiteRunner } from './SuiteRunner.ts';

/** The suite runners of a command: those whose examination has ended wait here for the next. */
export class SuiteRunners {
  readonly #waiting = new Set<SuiteRunner>();
  readonly #all = new Set<SuiteRunner>();

  /** Runs `work`, one examination, with a suite runner that was waiting, or with a new one. */
  async with<T>(programs: RuntimeBundles, work: (suiteRunner: SuiteRunner) => Promise<T>): Promise<T> {
    const suiteRunner = this.#take(programs);
    try {
      return await work(suiteRunner);
    } finally {
      await this.#giveBack(suiteRunner);
    }
  }

  #take(programs: RuntimeBundles): SuiteRunner {
    const waiting = [...this.#waiting].find((suiteRunner) => suiteRunner.programs.folder === programs.folder);
    const suiteRunner = waiting ?? new SuiteRunner(programs);
    this.#waiting.delete(suiteRunner);
    this.#all.add(suiteRunner);
    return suiteRunner;
  }

  /** Ends it unless it can run another examination. */
  async #giveBack(suiteRunner: SuiteRunner): Promise<void> {
    if (suiteRunner.goesOn) this.#waiting.add(suiteRunner);
    else await this.#end(suiteRunner);
  }

  /** Ends them all. */
  async close(): Promise<void> {
    await Promise.all([...this.#all].map((suiteRunner) => this.#end(suiteRunner)));
  }

  async #end(suiteRunner: SuiteRunner): Promise<void> {
    this.#waiting.delete(suiteRunner);
    this.#all.delete(suiteRunner);
    await suiteRunner.close();
  }
}

/** Runs `work` with suite runners that end with it. */
export async function withSuiteRunners<T>(work: (suiteRunners: SuiteRunners) => Promise<T>): Promise<T> {
  const suiteRunners = new SuiteRunners();
  try {
    return await work(suiteRunners);
  } finally {
    await suiteRunners.close();
  }
}
