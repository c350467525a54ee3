import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** Names a file of a report, or of a class: `report.json`, `report.only.json` or `report.failed.json`. */
export type Naming = (file: string) => string;

/** The names of the files of a full grading. */
export const asItIs: Naming = (file) => file;
/** The names of the files of a grading of some criteria. */
export const asPart: Naming = (file) => file.replace(/(\.[^.]*)?$/u, '.only$1');
/** The names of the files of a grading that the grader failed at: it is no result, and replaces none. */
export const asFailed: Naming = (file) => file.replace(/(\.[^.]*)?$/u, '.failed$1');
/** The names of the files of a report that is not of what is handed in now. */
export const asEarlier: Naming = (file) => file.replace(/(\.[^.]*)?$/u, '.earlier$1');

/** The part of a report or a class report that says what it was restricted to. */
const Full = z.union([
  z.object({ grading: z.object({ only: z.array(z.string()).length(0) }) }),
  z.object({ schema: z.literal('im2grade/class-report'), only: z.array(z.string()).length(0) }),
]);

/**
 * The names of a grading's files in a folder. A grading of some criteria leaves a full one unchanged, and is saved next
 * to it.
 *
 * @param document - the folder's JSON document, which says whether it is of a full grading
 * @param only - what this grading is restricted to; empty if it is full itself
 */
export async function besideFull(folder: string, document: string, only: readonly string[]): Promise<Naming> {
  if (only.length === 0) return asItIs;
  const text = await readFile(join(folder, document), 'utf8').catch(() => 'null');
  return Full.safeParse(parsed(text)).success ? asPart : asItIs;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
