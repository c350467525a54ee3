import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

/** A right submission with something written into it. */
const Edited = z.strictObject({
  /** What was written into it, in one sentence, as a teacher would name it. */
  about: z.string(),
  /** The right submission that the edits start from. */
  base: z.enum(['naive', 'reference']).default('naive'),
  edits: z
    .array(z.strictObject({ file: z.string(), find: z.string(), replace: z.string(), all: z.boolean().default(false) }))
    .default([]),
});

/** A wrong submission kept on purpose. */
const Mutant = Edited.extend({
  /** The criteria that it must lose: of correctness and policy no other, of speed and accuracy those it is about. */
  loses: z.array(z.string()).min(1),
});
export type Mutant = z.infer<typeof Mutant> & { readonly name: string };

/** A submission that means to earn by something else than its work. */
const Unfair = Edited.extend({
  /** The criteria in which it must get nothing for it: in those of speed and accuracy no more than the plain loops. */
  gains: z.array(z.string()).min(1),
  /** It is not graded at all, and these words are in the reason. */
  refused: z.string().optional(),
});
export type Unfair = z.infer<typeof Unfair> & { readonly name: string };

/** All mutants of an assignment's tests, by name. */
export const readMutants = (tests: string): Mutant[] => readAll(join(tests, 'mutants'), Mutant);

/** All unfair submissions of an assignment's tests, by name. */
export const readUnfair = (tests: string): Unfair[] => readAll(join(tests, 'unfair'), Unfair);

function readAll<T extends object>(folder: string, schema: z.ZodType<T>): (T & { readonly name: string })[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      ...schema.parse(parse(readFileSync(join(folder, file), 'utf8'))),
      name: basename(file, '.yaml'),
    }));
}

/**
 * The deliverables: the base's files with the edits made.
 *
 * @throws Error when an edit's text is not found exactly once (or, with `all`, not at all): the mutant would be another
 */
export function mutate(mutant: Pick<Mutant, 'name' | 'edits'>, base: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map(base);
  for (const { file, find, replace, all } of mutant.edits) {
    const text = files.get(file);
    const count = text === undefined ? 0 : text.split(find).length - 1;
    if (count === 0 || (count > 1 && !all))
      throw new Error(`mutant ${mutant.name}: "${find}" is ${count} times in ${file}`);
    files.set(file, text!.split(find).join(replace));
  }
  return files;
}
