import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { CLASS_REPORT_VERSION, ClassReport, type ClassRow } from '../model/classReport.ts';
import { UsageError } from '../model/errors.ts';
import { hasGraderError } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';
import { some } from '../platforms/pendingNotes.ts';
import { type ScoreTable, scoreTableOf, type Ungraded } from '../platforms/ScoreTable.ts';
import { readJson } from '../report/json/readJson.ts';

/** What saved reports contain. */
interface SavedScores {
  readonly table: ScoreTable;
  readonly reports: readonly ScoreReport[];
  /** The paths of class reports. */
  readonly classes: readonly string[];
  /** A line for each row of a student of whom another row counts. */
  readonly notes: readonly string[];
}

/**
 * The table of some saved reports. A class report stands for the reports of all its students, and says who has none.
 *
 * @param paths - each a `report.json`, or the `class.json` of a class
 * @throws UsageError if one cannot be read, or is not a result
 */
export async function readScoreTable(paths: readonly string[]): Promise<SavedScores> {
  const reportPaths: string[] = [];
  const classes: string[] = [];
  const ungraded: Ungraded[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    const rows = await classRowsIn(path);
    if (!rows) {
      reportPaths.push(path);
      continue;
    }
    classes.push(path);
    for (const row of rows) {
      if (row.countsInstead !== undefined) {
        notes.push(`left out: ${row.source} is one student’s with ${row.countsInstead}, which counts`);
        continue;
      }
      const reason = whyNoResult(row);
      if (reason === undefined) reportPaths.push(join(dirname(path), row.folder!, 'report.json'));
      else ungraded.push({ name: row.name, students: row.students, reason, isAbsent: row.status === 'absent' });
    }
  }
  const reports: ScoreReport[] = [];
  for (const path of reportPaths) reports.push(await readResult(path));
  return { table: scoreTableOf(reports, ungraded, reportPaths), reports, classes, notes };
}

/** @throws UsageError if the grader failed at a criterion: the report is not a result yet */
export async function readResult(path: string): Promise<ScoreReport> {
  const report = await readJson(path);
  const failed = report.outcomes.filter((outcome) => hasGraderError([outcome])).map(({ id }) => id);
  if (failed.length === 0) return report;
  throw new UsageError(`${path} is not a result: the grader failed at ${some(failed)}; grade again`);
}

/** Undefined if there is a result. */
function whyNoResult({ status, message, criteria, folder }: ClassRow): string | undefined {
  if (status !== 'graded' || folder === undefined) return message;
  return hasGraderError(Object.values(criteria)) ? 'the grader failed; grade again' : undefined;
}

const Head = z.object({ schema: z.literal('im2grade/class-report'), version: z.number() });

/** The rows of a class report; undefined if the file is something else. */
async function classRowsIn(path: string): Promise<readonly ClassRow[] | undefined> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
  const head = Head.safeParse(document);
  if (!head.success) return undefined;
  if (head.data.version !== CLASS_REPORT_VERSION)
    throw new UsageError(
      `${path} is a class report of version ${head.data.version}, this grader reads version ${CLASS_REPORT_VERSION}; run "grade class" again, nothing is graded anew`,
    );
  const report = ClassReport.safeParse(document);
  if (report.success) return report.data.rows;
  throw new UsageError(`${path} is a damaged class report: ${report.error.issues[0].path.join('.')}`);
}
