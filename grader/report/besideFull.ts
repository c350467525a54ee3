import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** Names a file of a report, or of a class: `report.json`, `report.only.json` or `report.failed.json`. */
export type Naming = (file: string) => string;

/** The names of the files of a full grading. */
export const asItIs: Naming = (file) => file;
/** The names of the files of a grading of some criteria, next to one of more. */
export const asPart: Naming = (file) => file.replace(/(\.[^.]*)?$/u, '.only$1');
/** The names of the files of a grading that the grader failed at: it is no result, and replaces none. */
export const asFailed: Naming = (file) => file.replace(/(\.[^.]*)?$/u, '.failed$1');
/** The names of the files of a report that is not of what is handed in now. */
export const asEarlier: Naming = (file) => file.replace(/(\.[^.]*)?$/u, '.earlier$1');

const Ids = z.array(z.object({ id: z.string() })).transform((each) => each.map(({ id }) => id));

/** The parts of a report or a class report that say what it was restricted to, and what was examined. */
const Extent = z.union([
  z
    .object({ grading: z.object({ only: z.array(z.string()) }), outcomes: Ids })
    .transform(({ grading, outcomes }) => ({ only: grading.only, criteria: outcomes })),
  z.object({ schema: z.literal('im2grade/class-report'), only: z.array(z.string()), criteria: Ids }),
]);

/**
 * The names of a grading's files in a folder. A grading of some criteria leaves one of more criteria unchanged, and is
 * saved next to it.
 *
 * @param document - the folder's JSON document, which says what was examined
 * @param only - what this grading is restricted to; empty if it is full itself
 * @param criteria - the ids of what it examined
 */
export async function besideFull(
  folder: string,
  document: string,
  only: readonly string[],
  criteria: readonly string[],
): Promise<Naming> {
  if (only.length === 0) return asItIs;
  const text = await readFile(join(folder, document), 'utf8').catch(() => 'null');
  const saved = Extent.safeParse(parsed(text));
  if (!saved.success) return asItIs;
  const isLess = saved.data.criteria.some((id) => !criteria.includes(id));
  return isLess || saved.data.only.length === 0 ? asPart : asItIs;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
