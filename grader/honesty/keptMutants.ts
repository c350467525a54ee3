import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { readYaml } from '../assignments/readYaml.ts';

/** A right submission with edits. */
const Edited = z.strictObject({
  /** The mistake, in one sentence, as a teacher would name it. */
  about: z.string(),
  /** The right submission to which the edits are applied. */
  base: z.enum(['naive', 'reference']).default('naive'),
  edits: z
    .array(z.strictObject({ file: z.string(), find: z.string(), replace: z.string(), all: z.boolean().default(false) }))
    .default([]),
});

/** A wrong submission kept on purpose. */
const Mutant = Edited.extend({
  /**
   * The criteria that it must lose: no others of correctness and policy; of speed and accuracy those that it is about.
   */
  loses: z.array(z.string()).min(1),
  /** Whether it must lose no others of speed either. */
  isTimed: z.boolean().default(false),
});
export type Mutant = z.infer<typeof Mutant> & { readonly name: string };

/** A submission that tries to earn points by something other than its work. */
const Unfair = Edited.extend({
  /** The criteria in which it must gain nothing by that: in speed and accuracy no more than the naive loops earn. */
  gains: z.array(z.string()).min(1),
  /** The file with it cannot be used; the reasons contain this text. */
  refused: z.string().optional(),
});
export type Unfair = z.infer<typeof Unfair> & { readonly name: string };

/**
 * All mutants of an assignment's tests, by name.
 *
 * @throws UsageError with file, line and column of what does not fit
 */
export const readMutants = (tests: string): Mutant[] => readAll(join(tests, 'mutants'), Mutant);

/**
 * All unfair submissions of an assignment's tests, by name.
 *
 * @throws UsageError with file, line and column of what does not fit
 */
export const readUnfair = (tests: string): Unfair[] => readAll(join(tests, 'unfair'), Unfair);

function readAll<T extends object>(folder: string, schema: z.ZodType<T>): (T & { readonly name: string })[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      ...readYaml(join(folder, file), schema),
      name: basename(file, '.yaml'),
    }));
}

/**
 * The deliverables: the base's files with the edits applied.
 *
 * @throws Error if an edit's text is not found exactly once (or, with `all`, not at all): the mutant would be a
 *   different one
 */
export function mutate(mutant: Pick<Mutant, 'name' | 'edits'>, base: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map(base);
  for (const { file, find, replace, all } of mutant.edits) {
    const text = files.get(file);
    const count = text === undefined ? 0 : text.split(find).length - 1;
    if (count === 0 || (count > 1 && !all))
      throw new Error(`mutant ${mutant.name}: "${find}" occurs ${count} times in ${file}`);
    files.set(file, text!.split(find).join(replace));
  }
  return files;
}
