import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { asPart } from '../report/besideFull.ts';
import { putAwayEarlier } from '../platforms/saveFormats.ts';

/**
 * Puts away the reports of those who were in the class before and are not any more: an export of the folder would give
 * them a score. The gradebook keeps everything.
 *
 * @param out - the folder with the class reports of before
 * @param present - the folders of those who are in the class
 * @returns the names of those whose reports were put away
 */
export async function putAwayLeavers(out: string, present: ReadonlySet<string>): Promise<string[]> {
  const former: string[] = [];
  const rows = await Promise.all(['class.json', asPart('class.json')].map((file) => rowsIn(join(out, file))));
  for (const { name, folder } of rows.flat()) {
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
