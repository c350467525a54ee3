import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScoreReport } from '../model/report.ts';
import { writeWhole } from './files/writeWhole.ts';
import { renderHtml } from './html/renderHtml.ts';
import { toJson } from './json/writeJson.ts';

/** Writes `report.json` and `report.html` into a folder, each whole or not at all; returns their paths. */
export async function saveReport(report: ScoreReport, folder: string): Promise<string[]> {
  const [json, html] = [join(folder, 'report.json'), join(folder, 'report.html')];
  const page = await renderHtml(report);
  mkdirSync(folder, { recursive: true });
  // The page first: where the document is, all is.
  await writeWhole(html, page);
  await writeWhole(json, toJson(report));
  return [html, json];
}

/** True where `saveReport` has saved this very report in a folder. */
export async function isSaved(report: ScoreReport, folder: string): Promise<boolean> {
  const saved = await readFile(join(folder, 'report.json'), 'utf8').catch(() => undefined);
  return saved === toJson(report);
}
