import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScoreReport } from '../model/report.ts';
import { hasGraderError } from '../model/outcome.ts';
import { asFailed, asItIs, besideFull, type Naming } from './besideFull.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { renderHtml } from './html/renderHtml.ts';
import { toJson } from './json/writeJson.ts';

export const DOCUMENT = 'report.json';
export const PAGE = 'report.html';

/** The names of a report's files in a folder, if these criteria were to be examined (all if empty). */
export const reportNaming = async (
  { outcomes }: ScoreReport,
  folder: string,
  only: readonly string[],
): Promise<Naming> =>
  hasGraderError(outcomes)
    ? asFailed
    : besideFull(
        folder,
        DOCUMENT,
        only,
        outcomes.map(({ id }) => id),
      );

/**
 * Writes `report.json` and `report.html` into a folder, each whole or not at all, and removes those of an earlier grading
 * that the grader failed at; returns their paths.
 */
export async function saveReport(report: ScoreReport, folder: string, named: Naming = asItIs): Promise<string[]> {
  const [json, html] = [join(folder, named(DOCUMENT)), join(folder, named(PAGE))];
  const page = await renderHtml(report);
  // The page first: if the document exists, everything does.
  await writeWhole(html, page);
  await writeWhole(json, toJson(report));
  if (named === asItIs)
    await Promise.all([DOCUMENT, PAGE].map((file) => rm(join(folder, asFailed(file)), { force: true })));
  return [html, json];
}
