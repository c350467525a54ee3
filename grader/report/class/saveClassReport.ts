import { join } from 'node:path';
import { ClassReport } from '../../model/classReport.ts';
import { writeWhole } from '../files/writeWhole.ts';
import { classCsv } from './classCsv.ts';
import { classHtml } from './classHtml.ts';

/** Writes `class.html`, `class.csv` and `class.json` into a folder, each whole or not at all; returns their paths. */
export async function saveClassReport(report: ClassReport, folder: string): Promise<string[]> {
  const [page, table, json] = ['class.html', 'class.csv', 'class.json'].map((name) => join(folder, name));
  await writeWhole(page, await classHtml(report));
  await writeWhole(table, classCsv(report));
  await writeWhole(json, JSON.stringify(ClassReport.parse(report), undefined, 2) + '\n');
  return [page, table, json];
}
