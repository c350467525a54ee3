import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, test } from '@jest/globals';
import { findAssignment } from '../../assignments/findAssignments.ts';
import { attemptCalled } from '../../gradebook/store/attemptCalled.ts';
import { type Attempt } from '../../gradebook/store/attempts.ts';
import { CourseGradebook } from '../../gradebook/store/CourseGradebook.ts';
import { addEntry, countingEntries, givenTo, NOTHING_GIVEN } from '../../gradebook/store/entries.ts';
import { courseAssignment } from '../../gradebook/store/assignments.ts';
import { keepDeadline, keptDeadline } from '../../gradebook/store/courseDeadline.ts';
import { countResult, saveResult } from '../../gradebook/store/results.ts';
import type { Counts } from '../../gradebook/store/tables.ts';
import { overviewOf } from '../../gradebook/store/overview.ts';
import { type Deadlines, NO_DEADLINES } from '../../model/deadlines.ts';
import type { ScoreReport } from '../../model/report.ts';
import type { Submission } from '../../model/submission.ts';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { ClassNotes } from '../ClassNotes.ts';
import { ClassRecorder } from '../ClassRecorder.ts';
import { deadlinesFor, withKept } from '../deadlines.ts';
import { distinctAttempts } from '../distinctAttempts.ts';
import { earlierAttempts, readClass } from '../handInsOf.ts';
import { knownHandIns } from '../knownHandIns.ts';
import { enrol } from '../roster/enrol.ts';
import type { RosterEntry } from '../roster/readRoster.ts';
import { classOf, type Kind } from './classOf.ts';

export const assignment = findAssignment(fileURLToPath(new URL('../../..', import.meta.url)), 'conv2d-gemm');
const home = mkdtempSync(join(tmpdir(), 'im2grade-recorder-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The digest of work that cannot be read. */
export const UNREADABLE = '';

/** How a class is recorded. */
interface Run {
  readonly roster?: readonly RosterEntry[];
  readonly deadlines?: Deadlines;
  /** The class's folder of reports. */
  readonly out?: string;
  /** The digest of each hand-in's work; one for each source if left out. */
  readonly works?: (source: string) => string;
  readonly of?: typeof assignment;
  /** Which attempt of a student counts. */
  readonly counts?: Counts;
}

/** A test on a gradebook of its own. */
export const onBook = (name: string, work: (book: CourseGradebook) => Promise<void>) =>
  test(name, async () => {
    const book = await CourseGradebook.open(join(mkdtempSync(join(home, 'book-')), 'gradebook.db'), home);
    try {
      await courseAssignment(book, assignment);
      await work(book);
    } finally {
      await book.close();
    }
  });

/** Records a class as `grade class` does, without grading it. */
export async function record(book: CourseGradebook, entries: Readonly<Record<string, Kind>>, run: Run = {}) {
  const { roster, out = 'hw', works = (source) => `work of ${source}`, of = assignment, counts = 'latest' } = run;
  const contents = await readClass(classOf(entries), 'class', of);
  const { handIns } = roster ? enrol(contents.handIns, roster) : contents;
  const { due, ...allowed } = run.deadlines ?? NO_DEADLINES;
  if (due) await keepDeadline(book, of.id, { due, ...allowed });
  const course = withKept(run.deadlines ?? NO_DEADLINES, await keptDeadline(book, of.id));
  const fitted = deadlinesFor(course, handIns, await knownHandIns(book, handIns, of.id));
  const { deadlines } = fitted;
  const notes: string[] = [...fitted.notes];
  const note = (line: string) => void notes.push(line);
  const atEnd = new ClassNotes(of.id);
  const options = { assignment: of, book, handIns, deadlines, counts, note, out: join(book.folder, out) };
  const recorder = new ClassRecorder(options, atEnd);
  const attempts = new Map<string, Attempt>();
  for (const each of handIns) {
    const last = await distinctAttempts(each, counts, async ({ source }) => works(source) || undefined);
    for (const handIn of [last, ...earlierAttempts(last).reverse()]) {
      const submission = { digest: works(handIn.source), files: new Map() } as unknown as Submission;
      const isReadable = submission.digest !== UNREADABLE;
      attempts.set(handIn.source, await recorder.attempt(handIn, isReadable ? submission : undefined));
    }
    await recorder.putLast(last);
  }
  return { notes, atEnd: atEnd.lines(), attempts, teams: [...attempts.values()].map(({ team }) => team) };
}

/** Everybody in the gradebook, with ids. */
export async function studentsIn(book: CourseGradebook) {
  const rows = [];
  for await (const page of (await overviewOf(book)).pages) rows.push(...page);
  return rows.map(({ student: { name, ids } }) => [name, ids] as const);
}

export const namesIn = async (book: CourseGradebook) => (await studentsIn(book)).map(([name]) => name);

/** Deducts points from what counts for a student. */
export async function deduct(book: CourseGradebook, student: string, points: number): Promise<void> {
  const { team, digest } = await book.read((db) => attemptCalled(db, student, assignment.id));
  const entry = { ...NOTHING_GIVEN, kind: 'deduction', points, note: 'copied', by: 'Grace', digest } as const;
  await book.write((db) => addEntry(db, assignment.id, team, entry));
}

const deductedFrom = async (book: CourseGradebook, team: string) =>
  countingEntries(await givenTo(book, assignment.id, team)).map(({ points }) => points);

/** The deductions that count for a student. */
export const deductedFor = async (book: CourseGradebook, student: string) =>
  deductedFrom(book, (await book.read((db) => attemptCalled(db, student, assignment.id))).team);

/** Records a full result of an attempt that counts. */
export async function grade(
  book: CourseGradebook,
  attempt: Attempt,
  report: ScoreReport = exampleReport(),
): Promise<void> {
  const result = await saveResult(book, {
    attempt: attempt.id,
    gradings: [attempt.id],
    rubric: 'r',
    report,
    isFull: true,
  });
  await book.write((db) => countResult(db, attempt, result, report));
}

export const ADA: RosterEntry = {
  name: 'Ada Lovelace',
  email: 'ada.l@example.org',
  ids: { sid: '0012', login: 'al12' },
};
export const BOB: RosterEntry = { name: 'Bob Stone', email: 'bob@example.org', ids: { sid: '0013', login: 'bs13' } };
const EVE: RosterEntry = { name: 'Eve Moss', ids: { sid: '0014', canvas: '13' } };

/** A download of Canvas with two hand-ins. */
export const CANVAS = { 'lovelaceada_11_4567_hw1.zip': 'file', 'stonebob_12_4568_hw1.zip': 'file' } as const;
/** Its roster: the first student is in a team with somebody who handed in nothing. */
export const TEAMS: readonly RosterEntry[] = [
  { ...ADA, ids: { ...ADA.ids, canvas: '11' }, team: 'T1' },
  { ...BOB, ids: { ...BOB.ids, canvas: '12' } },
  { ...EVE, team: 'T1' },
];
