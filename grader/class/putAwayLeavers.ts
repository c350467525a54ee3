import { join } from 'node:path';
import { putAwayEarlier } from '../platforms/saveFormats.ts';
import { rowsBefore } from './rowsBefore.ts';

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
  for (const { name, folder } of await rowsBefore(out)) {
    if (folder === undefined || present.has(folder) || /[/\\]|^\.\.?$/u.test(folder)) continue;
    if (await putAwayEarlier(join(out, folder), undefined)) former.push(name);
  }
  return former;
}
