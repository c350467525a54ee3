import type { Case } from './Case.ts';
import { CandidateProcess, UnableError } from './CandidateProcess.ts';
import type { CandidateSetup } from './candidates.ts';
import type { Absence, Running } from './measureCase.ts';

/** The candidates' processes: started when they are needed, and again after one was ended. */
export class CandidateSet {
  readonly versions: Record<string, string> = {};
  readonly #setups: readonly CandidateSetup[];
  readonly #running = new Map<CandidateSetup, CandidateProcess>();
  readonly #missing = new Map<CandidateSetup, string>();

  constructor(setups: readonly CandidateSetup[]) {
    this.#setups = setups;
  }

  /** The candidates that take part in cases of a kind. */
  async assemble(kind: Case['kind']): Promise<{ running: Running[]; absences: Absence[] }> {
    const running: Running[] = [];
    const absences: Absence[] = [];
    for (const setup of this.#setups.filter(({ kinds }) => kinds?.includes(kind) ?? true)) {
      if (!this.#missing.has(setup) && !this.#running.get(setup)?.isAlive) await this.#start(setup);
      const reason = this.#missing.get(setup);
      if (reason === undefined) running.push({ setup, process: this.#running.get(setup)! });
      else absences.push({ candidate: setup, reason });
    }
    return { running, absences };
  }

  stop(): void {
    for (const process of this.#running.values()) process.stop();
  }

  async #start(setup: CandidateSetup): Promise<void> {
    try {
      const process = await CandidateProcess.start(setup);
      this.#running.set(setup, process);
      this.versions[setup.name] = process.version;
    } catch (error) {
      if (!(error instanceof UnableError)) throw error;
      this.#missing.set(setup, error.message);
    }
  }
}
