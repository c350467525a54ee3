import { join } from 'node:path';
import { hasGraderError } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';
import { writeWhole } from '../host/files/writeWhole.ts';
import type { WantedFormat } from './formats.ts';
import type { Refusal } from '../report/Refusal.ts';
import { asItIs, type Naming } from '../report/besideFull.ts';

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
