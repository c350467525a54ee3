import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { ScoreReport } from '../model/report.ts';
import { asItIs, type Naming } from './besideFull.ts';
import { DOCUMENT } from './saveReport.ts';

/** The JSON document of the report in a folder: undefined if there is none, null if it is damaged. */
export async function savedDocument(folder: string, named: Naming = asItIs): Promise<unknown> {
  const text = await readFile(join(folder, named(DOCUMENT)), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const About = z.object({ submission: z.object({ digest: z.string() }) });

/** Whether a document is a report about the work of this digest. */
export const isAbout = (document: unknown, digest: string): boolean =>
  About.safeParse(document).data?.submission.digest === digest;

/** Whether a document is this very report. */
export const isDocumentOf = (document: unknown, report: ScoreReport): boolean => isDeepStrictEqual(document, report);
