import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassReport, type ClassRow } from '../model/classReport.ts';
import { putAwayEarlier } from '../platforms/saveFormats.ts';

/**
 * Puts away the reports of those who were in the class before and are not any more: an export of the folder would give
 * them a score. The gradebook keeps everything.
 *
 * @param out - the folder with the class report of before
 */
export async function putAwayLeavers(out: string, rows: readonly ClassRow[]): Promise<void> {
  const present = new Set(rows.map(({ folder }) => folder));
  for (const folder of await foldersIn(join(out, 'class.json')))
    if (!present.has(folder)) await putAwayEarlier(join(out, folder), undefined);
}

async function foldersIn(path: string): Promise<string[]> {
  try {
    const { rows } = ClassReport.parse(JSON.parse(await readFile(path, 'utf8')));
    return rows.flatMap(({ folder }) => folder ?? []);
  } catch {
    return [];
  }
}
