import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../host/files/writeWhole.ts';
import { renderRefusalPage } from './html/refusalPage.ts';
import type { Refusal } from './Refusal.ts';
import { DOCUMENT, PAGE } from './saveReport.ts';

/** What becomes of the report of an earlier attempt: it no longer speaks for the student, and is not lost. */
const EARLIER = 'report.earlier.json';

/**
 * Writes the page of a submission of which nothing could be graded in place of a report's.
 *
 * @returns its path
 */
export async function saveRefusalPage(refusal: Refusal, folder: string): Promise<string> {
  await rename(join(folder, DOCUMENT), join(folder, EARLIER)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  const path = join(folder, PAGE);
  await writeWhole(path, renderRefusalPage(refusal));
  return path;
}
