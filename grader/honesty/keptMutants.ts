import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { readYaml } from '../assignments/readYaml.ts';
import { UsageError } from '../model/errors.ts';

const Hex = z.string().regex(/^(?:[0-9a-f]{2}\s*)+$/u, 'must be bytes in hexadecimal, like 0a ff');

/** A right submission with edits. */
const Edited = z.strictObject({
  /** The mistake, in one sentence, as a teacher would name it. */
  about: z.string(),
  /** The right submission to which the edits are applied. */
  base: z.enum(['naive', 'reference']).default('naive'),
  edits: z
    .array(
      z.union([
        z.strictObject({ file: z.string(), find: z.string(), replace: z.string(), all: z.boolean().default(false) }),
        /** Bytes of a binary file, in hexadecimal. */
        z.strictObject({ file: z.string(), bytes: z.strictObject({ find: Hex, replace: Hex }) }),
        /** The whole of another deliverable. */
        z.strictObject({ file: z.string(), copyOf: z.string() }),
        z.strictObject({ file: z.string(), removed: z.literal(true) }),
      ]),
    )
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
  /** The same trick with other texts, by name, in place of `FORM` in what the edits insert: a submission for each. */
  forms: z.record(z.string(), z.string()).optional(),
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
export const readUnfair = (tests: string): Unfair[] => readAll(join(tests, 'unfair'), Unfair).flatMap(inAllForms);

function inAllForms(unfair: Unfair): Unfair[] {
  if (!unfair.forms) return [unfair];
  return Object.entries(unfair.forms).map(([form, text]) => ({
    ...unfair,
    name: `${unfair.name} (${form})`,
    edits: unfair.edits.map((edit) =>
      'replace' in edit ? { ...edit, replace: edit.replace.replaceAll('FORM', text) } : edit,
    ),
  }));
}

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
 * @throws UsageError if an edit's text is not found exactly once (or, with `all`, not at all): the mutant would be a
 *   different one
 */
export function mutate(mutant: Pick<Mutant, 'name' | 'edits'>, base: ReadonlyMap<string, string>): Map<string, string> {
  const files = new Map(base);
  for (const edit of mutant.edits) {
    if ('removed' in edit) files.delete(edit.file);
    else files.set(edit.file, edited(mutant.name, edit, files));
  }
  return files;
}

type Edit = Mutant['edits'][number];

function edited(name: string, edit: Exclude<Edit, { removed: true }>, files: ReadonlyMap<string, string>): string {
  const text = files.get('copyOf' in edit ? edit.copyOf : edit.file) ?? '';
  if ('copyOf' in edit) return text;
  if (!('bytes' in edit)) return replaced(name, { ...edit, text });
  const [find, replace] = [edit.bytes.find, edit.bytes.replace].map((hex) => latin1(hex.replaceAll(/\s/gu, ''), 'hex'));
  const bytes = replaced(name, { file: edit.file, find, replace, all: false, text: latin1(text, 'base64') });
  return Buffer.from(bytes, 'latin1').toString('base64');
}

/** Bytes as a text in which each is a character. */
const latin1 = (text: string, encoding: 'hex' | 'base64'): string => Buffer.from(text, encoding).toString('latin1');

interface Replacing {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly all: boolean;
  readonly text: string;
}

function replaced(name: string, { file, find, replace, all, text }: Replacing): string {
  const count = text.split(find).length - 1;
  if (count === 0 || (count > 1 && !all)) {
    const [first, ...more] = find.trim().split('\n');
    const times = count === 0 ? 'nowhere' : `${count} times`;
    throw new UsageError(`mutant ${name}: "${first}${more.length > 0 ? ' …' : ''}" occurs ${times} in ${file}`);
  }
  return text.split(find).join(replace);
}
