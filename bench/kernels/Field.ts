import type { Case } from './Case.ts';
import { ContestantProcess, UnableError } from './ContestantProcess.ts';
import type { ContestantSetup } from './contestants.ts';
import type { Absence, Running } from './measureCase.ts';

/** The contestants' processes: started when they are needed, and again where one was ended. */
export class Field {
  readonly versions: Record<string, string> = {};
  readonly #setups: readonly ContestantSetup[];
  readonly #running = new Map<ContestantSetup, ContestantProcess>();
  readonly #missing = new Map<ContestantSetup, string>();

  constructor(setups: readonly ContestantSetup[]) {
    this.#setups = setups;
  }

  /** Those that take part in cases of a kind. */
  async assemble(kind: Case['kind']): Promise<{ running: Running[]; absences: Absence[] }> {
    const running: Running[] = [];
    const absences: Absence[] = [];
    for (const setup of this.#setups.filter(({ kinds }) => kinds?.includes(kind) ?? true)) {
      if (!this.#missing.has(setup) && !this.#running.get(setup)?.isAlive) await this.#start(setup);
      const reason = this.#missing.get(setup);
      if (reason === undefined) running.push({ setup, process: this.#running.get(setup)! });
      else absences.push({ contestant: setup, reason });
    }
    return { running, absences };
  }

  stop(): void {
    for (const process of this.#running.values()) process.stop();
  }

  async #start(setup: ContestantSetup): Promise<void> {
    try {
      const process = await ContestantProcess.start(setup);
      this.#running.set(setup, process);
      this.versions[setup.name] = process.version;
    } catch (error) {
      if (!(error instanceof UnableError)) throw error;
      this.#missing.set(setup, error.message);
    }
  }
}
