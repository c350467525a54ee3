import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ScoreReport } from '../model/report.ts';
import { writeWhole } from '../host/files/writeWhole.ts';

/** The result of a finished grading. */
export const Grading = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('graded'), report: ScoreReport }),
  z.strictObject({ type: z.literal('ungradable'), message: z.string() }),
]);
export type Grading = z.infer<typeof Grading>;

const ClassSeed = z.strictObject({ seed: z.number().int().nonnegative() });

/**
 * The finished gradings of a class, one file each, named by the grading's key. A file appears whole or not at all, so a
 * class that is interrupted at any point can be continued by the same command.
 */
export class Journal {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined if this grading was not finished, or its file is damaged. */
  async read(key: string): Promise<Grading | undefined> {
    return readParsed(this.#path(key), Grading);
  }

  async write(key: string, grading: Grading): Promise<void> {
    await writeWhole(this.#path(key), JSON.stringify(Grading.parse(grading)));
  }

  /** The seed of this class; a fresh one the first time. */
  async classSeed(): Promise<number> {
    const path = join(this.#folder, 'seed.json');
    const known = await readParsed(path, ClassSeed);
    if (known) return known.seed;
    const seed = randomInt(1, 2 ** 31);
    await writeWhole(path, JSON.stringify({ seed } satisfies z.infer<typeof ClassSeed>));
    return seed;
  }

  #path(key: string): string {
    return join(this.#folder, `${key}.json`);
  }
}

async function readParsed<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
