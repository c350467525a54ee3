import { writeWhole } from '../../host/files/writeWhole.ts';
import { ScoreReport } from '../../model/report.ts';
import { controlsEscaped } from './controlsEscaped.ts';

/**
 * Writes the report as JSON, whole or not at all.
 *
 * @throws ZodError if the report does not fit its own schema: JSON would silently turn a NaN into null.
 */
export async function writeJson(report: ScoreReport, path: string): Promise<void> {
  await writeWhole(path, toJson(report));
}

/** The report's JSON text: indented for people, with every row of numbers on one line. */
export function toJson(report: ScoreReport): string {
  const indented = controlsEscaped(JSON.stringify(ScoreReport.parse(report), undefined, 2));
  // A JSON string contains no line break, so only real arrays match.
  return indented.replace(NUMBERS, (array) => array.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')) + '\n';
}

const NUMBERS = /\[\n\s+(?:(?:[-+.\deE]+|"NaN"|"-?Infinity"|"-0"),?\n\s+)+\]/g;
