import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Student } from '../model/student.ts';
import { asPart } from '../report/besideFull.ts';

/** Part of a class report, of any version. */
const Rows = z.object({
  assignment: z.object({ id: z.string() }).catch({ id: '' }),
  rows: z.array(
    z.object({ name: z.string(), folder: z.string().optional(), students: z.array(Student).catch([]).default([]) }),
  ),
});

/** A row of an earlier report of a class, as far as it can be read. */
type RowBefore = z.infer<typeof Rows>['rows'][number] & { readonly assignment: string };

/**
 * The rows of the class reports that are in a folder.
 *
 * @param out - with `class.json` or `class.only.json`, or neither
 */
export async function rowsBefore(out: string): Promise<RowBefore[]> {
  const rows = await Promise.all(['class.json', asPart('class.json')].map((file) => rowsIn(join(out, file))));
  return rows.flat();
}

async function rowsIn(path: string): Promise<RowBefore[]> {
  try {
    const { assignment, rows } = Rows.parse(JSON.parse(await readFile(path, 'utf8')));
    return rows.map((row) => ({ ...row, assignment: assignment.id }));
  } catch {
    return [];
  }
}
