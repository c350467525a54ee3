import { readListing } from '../intake/readSubmission.ts';
import { UngradableError } from '../model/errors.ts';
import type { Submission } from '../model/submission.ts';
import { distinctAttempts } from './distinctAttempts.ts';
import type { ClassOptions } from './gradeClass.ts';
import type { HandIn } from './handInsOf.ts';

type ReaderOptions = Pick<ClassOptions, 'assignment' | 'signal' | 'counts'>;

/** Reads what is handed in. */
export class HandInReader {
  readonly #options: ReaderOptions;
  /** By folder: a class is read in several passes. */
  readonly #distinct = new Map<string, Promise<HandIn>>();

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** The submission, or why it cannot be graded. */
  async read(handIn: HandIn): Promise<Submission | string> {
    try {
      const { assignment, signal } = this.#options;
      return await readListing(await handIn.list(signal), handIn.name, handIn.source, assignment);
    } catch (error) {
      if (error instanceof UngradableError) return error.message;
      throw error;
    }
  }

  /** A hand-in without those of its attempts of which a later one is the same work, see `distinctAttempts`. */
  distinct(handIn: HandIn): Promise<HandIn> {
    const { counts } = this.#options;
    const known = this.#distinct.get(handIn.folder) ?? distinctAttempts(handIn, counts, (each) => this.#digestOf(each));
    this.#distinct.set(handIn.folder, known);
    return known;
  }

  /** Undefined if it cannot be read; a fault of the machine is reported when it is graded. */
  async #digestOf(handIn: HandIn): Promise<string | undefined> {
    const read = await this.read(handIn).catch(() => undefined);
    return typeof read === 'object' ? read.digest : undefined;
  }
}
