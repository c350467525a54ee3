import { existsSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { GRADEBOOK_FORMAT_NAMES, gradebookFormat, REPORT_FORMAT_NAMES, reportFormat } from '../platforms/formats.ts';
import { asEarlier, asPart } from '../report/besideFull.ts';

/** The document first: it is what is exported. */
const FILES = [
  'report.json',
  'report.html',
  ...REPORT_FORMAT_NAMES.map((name) => reportFormat(name)!.file),
  ...GRADEBOOK_FORMAT_NAMES.map((name) => gradebookFormat(name)!.file),
];

/**
 * Renames the reports in a student's folder, `report.json` to `report.earlier.json` and so on: they are not of what is
 * handed in now, and must not be exported. Points that a person gave stay.
 *
 * @returns true if there was a report
 */
export async function putAwayReports(folder: string): Promise<boolean> {
  const there = [...new Set(FILES)]
    .flatMap((file) => [file, asPart(file)])
    .filter((file) => existsSync(join(folder, file)));
  for (const file of there) await rename(join(folder, file), join(folder, asEarlier(file)));
  return there.length > 0;
}

/** Part of a class report, of any version. */
const Rows = z.object({ rows: z.array(z.object({ name: z.string(), folder: z.string().optional() })) });

/**
 * Puts away the reports of those who were in the class when it was graded before, and are not any more.
 *
 * @param out - the folder of the class's reports, with the class report of the last time
 * @param folders - the folders of those who are in the class now
 * @returns the names of those whose reports were put away
 */
export async function putAwayFormer(out: string, folders: ReadonlySet<string>): Promise<string[]> {
  const former: string[] = [];
  for (const { name, folder } of await rowsIn(join(out, 'class.json'))) {
    if (folder === undefined || folders.has(folder) || /[/\\]|^\.\.?$/u.test(folder)) continue;
    if (await putAwayReports(join(out, folder))) former.push(name);
  }
  return former;
}

async function rowsIn(path: string): Promise<z.infer<typeof Rows>['rows']> {
  try {
    return Rows.parse(JSON.parse(await readFile(path, 'utf8'))).rows;
  } catch {
    return [];
  }
}
