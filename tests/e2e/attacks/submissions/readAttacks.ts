import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';

/** A hostile submission: the reference, with edits. */
const Attack = z.strictObject({
  /** What it does, in one sentence. */
  about: z.string(),
  /** What must stop it. */
  stoppedBy: z.string(),
  /** Put before the text of `Im2MatLayer.ts`. */
  atImport: z.string().default(''),
  /** Put at the beginning of `Im2Mat`; with a `return`, it replaces the function. */
  inIm2Mat: z.string().default(''),
  /** Put after `atImport`: `open` this many times, then `close`. */
  nest: z.strictObject({ open: z.string(), close: z.string(), times: z.number().int() }).optional(),
  /** The plan that `classify.ts` hands in, as JSON. */
  plan: z.string().optional(),
  /** What is examined. */
  only: z.array(z.string()).default(['im2mat.definition']),
  /** It must lose exactly these of them, and keep the others. */
  loses: z.array(z.string()).default([]),
  /** In the report of what it loses, the reason matches this expression. */
  reason: z.string().optional(),
});
export type Attack = z.infer<typeof Attack>;

/** All attacks, by their target. */
export function readAttacks(folder: string): [group: string, attacks: Attack[]][] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => [basename(file, '.yaml'), z.array(Attack).parse(parse(readFileSync(join(folder, file), 'utf8')))]);
}

const IM2MAT = 'src/Im2MatLayer.ts';
const BODY_OF_IM2MAT = /Im2Mat\(INP[^{]*\{\n/;

/** The deliverables of an attack. */
export function hostileFiles({ atImport, inIm2Mat, nest, plan }: Attack, good: ReadonlyMap<string, string>) {
  const files = new Map(good);
  const nested = nest ? `export const nested = ${nest.open.repeat(nest.times)}${nest.close};` : '';
  const prefix = [atImport, nested].filter(Boolean).map((text) => `${text}\n`);
  const body = good.get(IM2MAT)!.replace(BODY_OF_IM2MAT, (opening) => `${opening}${inIm2Mat}\n`);
  files.set(IM2MAT, prefix.join('') + body);
  if (plan !== undefined)
    files.set('src/classify.ts', `export const tuned = (): unknown => JSON.parse(${JSON.stringify(plan)});\n`);
  return files;
}
