import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { ClassRow } from '../model/classReport.ts';
import { putAwayEarlier } from '../platforms/saveFormats.ts';

/**
 * Puts away the reports of those who were in the class before and are not any more: an export of the folder would give
 * them a score. The gradebook keeps everything.
 *
 * @param out - the folder with the class report of before
 * @returns the names of those whose reports were put away
 */
export async function putAwayLeavers(out: string, rows: readonly ClassRow[]): Promise<string[]> {
  const present = new Set(rows.map(({ folder }) => folder));
  const former: string[] = [];
  for (const { name, folder } of await rowsIn(join(out, 'class.json'))) {
    if (folder === undefined || present.has(folder) || /[/\\]|^\.\.?$/u.test(folder)) continue;
    if (await putAwayEarlier(join(out, folder), undefined)) former.push(name);
  }
  return former;
}

/** Part of a class report, of any version. */
const Rows = z.object({ rows: z.array(z.object({ name: z.string(), folder: z.string().optional() })) });

async function rowsIn(path: string): Promise<z.infer<typeof Rows>['rows']> {
  try {
    return Rows.parse(JSON.parse(await readFile(path, 'utf8'))).rows;
  } catch {
    return [];
  }
}
