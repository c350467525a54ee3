import type { Student } from '../../model/student.ts';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { attemptOf } from '../store/attempts.ts';
import { type HandedIn, recordAttempt } from '../store/recordAttempt.ts';
import type { CourseGradebook } from '../store/CourseGradebook.ts';
import { saveGrading } from '../store/gradings.ts';
import { overviewOf } from '../store/overview.ts';
import { publish } from '../store/published.ts';
import { countResult, saveResult } from '../store/results.ts';
import { countingTeams } from '../store/teams.ts';

export const report = exampleReport();
export const HW = { id: 'hw', title: 'Homework', version: 1 };
export const ada: Student = { name: 'Ada Lovelace', email: 'ada@example.org', ids: { sid: '0012345', moodle: '41' } };
export const NOBODY_ELSE = new Set<string>();

/** What one assignment's download has of a hand-in. */
export const handedIn = (students: readonly Student[], digest: string, more: Partial<HandedIn> = {}): HandedIn => ({
  ...{ students, digest, received: undefined, due: undefined, source: `${digest}.zip`, folder: `hw/${digest}` },
  ...more,
});

export const record = async (book: CourseGradebook, handIn: HandedIn, shared: ReadonlySet<string> = NOBODY_ELSE) =>
  (await recordAttempt(book, HW.id, handIn, shared)).attempt;

/** The team of these students. */
export const teamOf = async (book: CourseGradebook, ...students: Student[]) =>
  (await record(book, handedIn(students, `work of ${students.map(({ name }) => name).join()}`))).team;

/** All rows of the gradebook. */
export async function rowsOf(book: CourseGradebook) {
  const rows = [];
  for await (const page of (await overviewOf(book)).pages) rows.push(...page);
  return rows;
}

/** Records a full result of an attempt that counts. */
export async function grade(book: CourseGradebook, attempt: string, key: string): Promise<string> {
  const facts = { key, assignment: HW.id, submission: 'd', assignmentSources: 'a', graderSources: 'g', seed: 7 };
  await saveGrading(book, facts, report);
  const result = await saveResult(book, { attempt, gradings: [key], rubric: 'r', report, isFull: true });
  await book.write(async (db) => countResult(db, (await attemptOf(db, attempt))!, result, report));
  return result;
}

/** Publishes the scores of all. */
export const publishAll = (book: CourseGradebook): Promise<number> =>
  book.write(async (db) => publish(db, await countingTeams(db, HW.id), 'Grace'));
