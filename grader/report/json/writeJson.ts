import { writeWhole } from '../../host/files/writeWhole.ts';
import { ScoreReport } from '../../model/report.ts';

/**
 * Writes the report as JSON, whole or not at all.
 *
 * @throws ZodError if the report is not valid by its own schema: JSON would turn a NaN into null without a word.
 */
export async function writeJson(report: ScoreReport, path: string): Promise<void> {
  await writeWhole(path, toJson(report));
}

/** The report's JSON text: indented for people, with every row of numbers on one line. */
export function toJson(report: ScoreReport): string {
  const indented = JSON.stringify(ScoreReport.parse(report), undefined, 2);
  // A string of JSON holds no line break, so only real arrays match.
  return indented.replace(NUMBERS, (array) => array.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']')) + '\n';
}

const NUMBERS = /\[\n\s+(?:(?:[-+.\deE]+|"NaN"|"-?Infinity"|"-0"),?\n\s+)+\]/g;
