import { join } from 'node:path';
import { ClassReport } from '../../model/classReport.ts';
import { besideFull } from '../besideFull.ts';
import { writeWhole } from '../../host/files/writeWhole.ts';
import { classCsv } from './classCsv.ts';
import { classHtml } from './classHtml.ts';

/**
 * Writes `class.html`, `class.csv` and `class.json` into a folder, each whole or not at all; returns their paths. Those
 * of some criteria are saved next to those of a full grading, as `class.only.html` and so on.
 */
export async function saveClassReport(report: ClassReport, folder: string): Promise<string[]> {
  const named = await besideFull(
    folder,
    'class.json',
    report.only,
    report.criteria.map(({ id }) => id),
  );
  const [page, table, json] = ['class.html', 'class.csv', 'class.json'].map((name) => join(folder, named(name)));
  await writeWhole(page, await classHtml(report));
  await writeWhole(table, classCsv(report));
  await writeWhole(json, JSON.stringify(ClassReport.parse(report), undefined, 2) + '\n');
  return [page, table, json];
}
