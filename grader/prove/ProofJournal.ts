import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../host/files/writeWhole.ts';
import { MutantOutcome } from '../model/proofReport.ts';
import type { Mutant } from './AssignmentMutants.ts';

/**
 * The mutants that are done, one file each, named by everything that determines the outcome. A proof that is
 * interrupted at any point can be continued by the same command.
 */
export class ProofJournal {
  readonly #folder: string;
  readonly #program: string;
  readonly #seed: number;

  /** @param program - digest of the grader, the libraries and the assignment */
  constructor(folder: string, program: string, seed: number) {
    this.#folder = folder;
    this.#program = program;
    this.#seed = seed;
  }

  /** Undefined if this mutant was not examined, or its file is damaged. */
  async read(mutant: Mutant): Promise<MutantOutcome | undefined> {
    try {
      return MutantOutcome.parse(JSON.parse(await readFile(this.#path(mutant), 'utf8')));
    } catch {
      return undefined;
    }
  }

  async write(mutant: Mutant, outcome: MutantOutcome): Promise<void> {
    await writeWhole(this.#path(mutant), JSON.stringify(MutantOutcome.parse(outcome)));
  }

  #path({ base, file, operator, text }: Mutant): string {
    const parts = [this.#program, String(this.#seed), base, file, operator, text];
    return join(this.#folder, `${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}.json`);
  }
}
