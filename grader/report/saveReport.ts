import { mkdirSync } from 'node:fs';
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
  await writeWhole(json, toJson(report));
  await writeWhole(html, page);
  return [html, json];
}
