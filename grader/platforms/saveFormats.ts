import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { hasGraderError } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import { SAVED_FORMATS, type WantedFormat } from './formats.ts';
import type { Refusal } from '../report/Refusal.ts';
import { asEarlier, asFailed, asItIs, asPart, type Naming } from '../report/besideFull.ts';
import { isAbout, savedDocument } from '../report/savedDocument.ts';
import { DOCUMENT } from '../report/saveReport.ts';

/**
 * Writes the wanted formats of a report, each whole or not at all; returns their paths. If the grader has failed at a
 * criterion, the report is not a result yet, and nothing is written that a platform or a student would take for one.
 */
export async function saveFormats(
  wanted: readonly WantedFormat[],
  report: ScoreReport,
  folder: string,
  named: Naming = asItIs,
): Promise<string[]> {
  if (hasGraderError(report.outcomes)) return [];
  return saveAll(wanted, folder, named, ({ format }) => format.render(report));
}

/** The formats that are saved next to a report already: all of them show the same score. */
export const savedFormats = (folder: string, named: Naming = asItIs): WantedFormat[] =>
  SAVED_FORMATS.filter(({ file }) => file !== DOCUMENT && existsSync(join(folder, named(file)))).map((format) => ({
    format,
    path: undefined,
  }));

/**
 * Puts away what is saved of other work in a folder, so that no old score speaks for the present one: `report.json`
 * becomes `report.earlier.json`, and so on. Nothing is deleted.
 *
 * @param digest - of the present work; undefined if it cannot be read, or if there is none
 * @returns whether there was something
 */
export async function putAwayEarlier(folder: string, digest: string | undefined): Promise<boolean> {
  const saved = digest === undefined ? undefined : await savedDocument(folder);
  if (digest !== undefined && (saved === undefined || isAbout(saved, digest))) return false;
  const files = [DOCUMENT, 'report.html', ...SAVED_FORMATS.map(({ file }) => file)];
  let isAny = false;
  for (const file of new Set(files))
    for (const named of [asItIs, asPart, asFailed]) {
      const from = join(folder, named(file));
      if (!existsSync(from)) continue;
      await rename(from, join(folder, named(asEarlier(file))));
      isAny = true;
    }
  return isAny;
}

/** Writes the results for importers if a submission cannot be graded. */
export async function saveRefusal(
  wanted: readonly WantedFormat[],
  refusal: Refusal,
  folder: string,
): Promise<string[]> {
  return saveAll(wanted, folder, asItIs, ({ format }) => format.renderRefusal?.(refusal));
}

async function saveAll(
  wanted: readonly WantedFormat[],
  folder: string,
  named: Naming,
  render: (wanted: WantedFormat) => string | Promise<string> | undefined,
): Promise<string[]> {
  const paths: string[] = [];
  for (const each of wanted) {
    const text = await render(each);
    if (text === undefined) continue;
    const path = each.path ?? join(folder, named(each.format.file));
    await writeWhole(path, text);
    paths.push(path);
  }
  return paths;
}
