import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScoreReport } from '../model/report.ts';
import { asItIs, besideFull, type Naming } from './besideFull.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { renderHtml } from './html/renderHtml.ts';
import { toJson } from './json/writeJson.ts';

const DOCUMENT = 'report.json';

/** The names of the files of a grading of these criteria (all if empty) in a folder. */
export const reportNaming = (folder: string, only: readonly string[]): Promise<Naming> =>
  besideFull(folder, DOCUMENT, only);

/** Writes `report.json` and `report.html` into a folder, each whole or not at all; returns their paths. */
export async function saveReport(report: ScoreReport, folder: string, named: Naming = asItIs): Promise<string[]> {
  const [json, html] = [join(folder, named(DOCUMENT)), join(folder, named('report.html'))];
  const page = await renderHtml(report);
  // The page first: if the document exists, everything does.
  await writeWhole(html, page);
  await writeWhole(json, toJson(report));
  return [html, json];
}

/** True if `saveReport` has saved this very report in a folder. */
export async function isSaved(report: ScoreReport, folder: string, named: Naming = asItIs): Promise<boolean> {
  const saved = await readFile(join(folder, named(DOCUMENT)), 'utf8').catch(() => undefined);
  return saved === toJson(report);
}
