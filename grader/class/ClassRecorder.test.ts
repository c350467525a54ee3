import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { attemptCalled, studentCalled } from '../gradebook/store/attemptCalled.ts';
import { type Attempt, attemptOf } from '../gradebook/store/attempts.ts';
import { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { addEntry, countingEntries, givenTo, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import { courseAssignment, setPolicy } from '../gradebook/store/assignments.ts';
import { keepDeadline, keptDeadline } from '../gradebook/store/courseDeadline.ts';
import { countResult, saveResult } from '../gradebook/store/results.ts';
import { recordRoster } from '../gradebook/store/enrolments.ts';
import { teamsFor } from '../gradebook/store/teams.ts';
import { overviewOf } from '../gradebook/store/overview.ts';
import { Deadlines, NO_DEADLINES } from '../model/deadlines.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';
import { exampleReport } from '../report/test/exampleReport.ts';
import { ClassRecorder } from './ClassRecorder.ts';
import { deadlinesFor, withKept } from './deadlines.ts';
import { readClass } from './handInsOf.ts';
import { settleTeam } from '../course/settleTeam.ts';
import { enrol } from './roster/enrol.ts';
import type { RosterEntry } from './roster/readRoster.ts';
import { classOf, files, folders, type Kind } from './test/classOf.ts';

const assignment = assignmentOf('conv2d-gemm');
const home = mkdtempSync(join(tmpdir(), 'im2grade-recorder-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Run {
  readonly roster?: readonly RosterEntry[];
  readonly deadlines?: Deadlines;
  /** The class's folder of reports. */
  readonly out?: string;
  /** The digest of each hand-in's work; one for each source if left out. */
  readonly works?: (source: string) => string;
  readonly of?: typeof assignment;
}

const onBook = (name: string, work: (book: CourseGradebook) => Promise<void>) =>
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
async function record(book: CourseGradebook, entries: Readonly<Record<string, Kind>>, run: Run = {}) {
  const { roster, out = 'hw', works = (source) => `work of ${source}`, of = assignment } = run;
  const contents = await readClass(classOf(entries), 'class', of);
  const { handIns } = roster ? enrol(contents.handIns, roster) : contents;
  const { due, ...allowed } = run.deadlines ?? NO_DEADLINES;
  if (due) await keepDeadline(book, of.id, { due, ...allowed });
  const course = withKept(run.deadlines ?? NO_DEADLINES, await keptDeadline(book, of.id));
  const { deadlines } = deadlinesFor(course, handIns);
  const notes: string[] = [];
  const note = (line: string) => void notes.push(line);
  const recorder = new ClassRecorder({
    ...{ assignment: of, book, handIns, deadlines, note, out: join(book.folder, out) },
  });
  const attempts = new Map<string, Attempt>();
  for (const handIn of handIns) {
    const submission = { digest: works(handIn.source), files: new Map() } as unknown as Submission;
    attempts.set(handIn.source, await recorder.attempt(handIn, submission));
  }
  return { notes, attempts, teams: [...attempts.values()].map(({ team }) => team) };
}

async function studentsIn(book: CourseGradebook) {
  const rows = [];
  for await (const page of (await overviewOf(book)).pages) rows.push(...page);
  return rows.map(({ student: { name, ids } }) => [name, ids] as const);
}

const namesIn = async (book: CourseGradebook) => (await studentsIn(book)).map(([name]) => name);

/** Deducts points from what counts for a student. */
async function deduct(book: CourseGradebook, student: string, points: number): Promise<void> {
  const { team, digest } = await book.read((db) => attemptCalled(db, student, assignment.id));
  const entry = { ...NOTHING_GIVEN, kind: 'deduction', points, note: 'copied', by: 'Grace', digest } as const;
  await book.write((db) => addEntry(db, assignment.id, team, entry));
}

const deductedFrom = async (book: CourseGradebook, team: string) =>
  countingEntries(await givenTo(book, assignment.id, team)).map(({ points }) => points);

const deductedFor = async (book: CourseGradebook, student: string) =>
  deductedFrom(book, (await book.read((db) => attemptCalled(db, student, assignment.id))).team);

/** Records a full result of an attempt that counts. */
async function grade(book: CourseGradebook, attempt: Attempt, report: ScoreReport = exampleReport()): Promise<void> {
  const result = await saveResult(book, {
    attempt: attempt.id,
    gradings: [attempt.id],
    rubric: 'r',
    report,
    isFull: true,
  });
  await book.write((db) => countResult(db, attempt, result, report));
}

const ADA: RosterEntry = { name: 'Ada Lovelace', email: 'ada.l@example.org', ids: { sid: '0012', login: 'al12' } };
const BOB: RosterEntry = { name: 'Bob Stone', email: 'bob@example.org', ids: { sid: '0013', login: 'bs13' } };
const EVE: RosterEntry = { name: 'Eve Moss', ids: { sid: '0014', canvas: '13' } };

for (const folder of ['al12', 'AL12', '0012', '12', 'ada.l@example.org', 'ada.l', 'Lovelace, Ada', 'lovelaceada'])
  onBook(`a roster that is given later says who ${folder} is`, async (book) => {
    const alone = await record(book, folders(folder, 'x'));
    await deduct(book, folder, 0.5);
    const known = await record(book, folders(folder, 'x'), { roster: [BOB, ADA] });
    expect(known.teams).toEqual(alone.teams);
    expect(await studentsIn(book)).toEqual([
      ['Ada Lovelace', ADA.ids],
      ['x', {}],
    ]);
    expect(await deductedFor(book, '0012')).toEqual([0.5]);
    const again = await record(book, folders(folder, 'x'));
    expect([again.teams, await namesIn(book)]).toEqual([alone.teams, ['Ada Lovelace', 'x']]);
  });

onBook('two who may be the same of a roster are kept apart and named', async (book) => {
  await record(book, folders('al12'));
  await record(book, folders('0012'), { out: 'hw2' });
  const { notes } = await record(book, folders('Ada Lovelace'), { roster: [ADA], out: 'hw3' });
  expect(notes.join()).toMatch(/Ada Lovelace could be 0012 or al12: kept apart/);
  expect(await namesIn(book)).toEqual(['0012', 'Ada Lovelace', 'al12']);
});

const CANVAS = { 'lovelaceada_11_4567_hw1.zip': 'file', 'stonebob_12_4568_hw1.zip': 'file' } as const;
const TEAMS: readonly RosterEntry[] = [
  { ...ADA, ids: { ...ADA.ids, canvas: '11' }, team: 'T1' },
  { ...BOB, ids: { ...BOB.ids, canvas: '12' } },
  { ...EVE, team: 'T1' },
];

onBook(
  'what a team was given is its members’ when the roster is forgotten, and not the other way round',
  async (book) => {
    await record(book, CANVAS, { roster: TEAMS });
    await deduct(book, '13', 0.5);
    const { notes } = await record(book, CANVAS);
    expect(notes).toEqual([
      'lovelaceada_11_4567_hw1.zip is the work of Ada Lovelace now, and was that of Ada Lovelace and Eve Moss; what people gave Ada Lovelace still applies',
    ]);
    expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[0.5], [0.5]]);
    expect(await namesIn(book)).toEqual(['Ada Lovelace', 'Bob Stone', 'Eve Moss']);
    // What is given to one of them now is not the other's.
    await deduct(book, '11', 2);
    expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[2], [0.5]]);
    const back = await record(book, CANVAS, { roster: TEAMS });
    expect(back.notes).toEqual([
      'lovelaceada_11_4567_hw1.zip is the work of Ada Lovelace and Eve Moss now, and was that of Ada Lovelace; what people gave Ada Lovelace does not apply to it any more; give it again',
    ]);
    expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[0.5], [0.5]]);
  },
);

onBook('what a student was given is not the team’s that a roster makes later, and a line says so', async (book) => {
  await record(book, CANVAS);
  await deduct(book, '11', 0.5);
  const { notes } = await record(book, CANVAS, { roster: TEAMS });
  expect(notes).toEqual([expect.stringMatching(/; what people gave Ada Lovelace does not apply to it any more; give/)]);
  expect([await deductedFor(book, '11'), await deductedFor(book, '13')]).toEqual([[], []]);
  expect((await record(book, CANVAS, { roster: TEAMS })).notes).toEqual([]);
});

const submitters = (...names: string[]) => names.map((name) => `\n  - :name: ${name}\n    :sid: '${name}'`).join('');
const grouped = (groups: Readonly<Record<string, readonly string[]>>) => ({
  ...folders(...Object.keys(groups)),
  'submission_metadata.yml': Object.entries(groups)
    .map(([name, members]) => `${name}:\n  :submitters:${submitters(...members)}\n`)
    .join(''),
});

onBook('what a team was given is not given to others when its members are regrouped', async (book) => {
  await record(book, grouped({ submission_1: ['Ada', 'Bob'], submission_2: ['Cleo'] }));
  await deduct(book, 'Bob', 0.5);
  await deduct(book, 'Cleo', 1);
  const again = grouped({ submission_3: ['Ada'], submission_4: ['Cleo', 'Bob'] });
  const { notes } = await record(book, again, { out: 'hw2' });
  expect(notes).toEqual([
    expect.stringMatching(
      /^submission_4 is the work of Bob and Cleo; what people gave (Cleo, and what they gave Ada and Bob|Ada and Bob, and what they gave Cleo) does not apply to it; give it again$/,
    ),
  ]);
  for (const [name, points] of Object.entries({ Ada: [0.5], Bob: [], Cleo: [] }))
    expect([name, await deductedFor(book, name)]).toEqual([name, points]);
  expect((await record(book, again, { out: 'hw2' })).notes).toEqual([]);
});

onBook('points of a folder that is other people’s now are named', async (book) => {
  await record(book, folders('T1'));
  await deduct(book, 'T1', 0.5);
  const { notes } = await record(book, folders('T1'), { roster: TEAMS });
  expect(notes).toEqual([
    expect.stringMatching(
      /^T1 is the work of .* now, and was that of T1; what people gave T1 does not apply to it any more; give it again$/,
    ),
  ]);
});

const WEI = ['Wei Zhang', 'Zhang Wei'].map((name, at): RosterEntry => ({ name, ids: { sid: `4${at + 1}` } }));

const workedIn = async (book: CourseGradebook) =>
  (await book.read((db) => teamsFor(db, assignment.id))).teams.map(({ students, attempts }) => [
    ...students.map(({ name, ids }) => `${name} ${ids.sid ?? ''}`.trim()),
    attempts.length,
  ]);

onBook('a name that may be two students’ of the roster is nobody’s, until the folder is renamed', async (book) => {
  await recordRoster(book, WEI);
  const run = (folder: string) => record(book, folders(folder), { roster: WEI, works: () => 'the same' });
  const { teams, attempts } = await run('Zhang Wei');
  expect((await run('Zhang Wei')).teams).toEqual(teams);
  expect(await workedIn(book)).toEqual([['Zhang Wei', 1]]);
  await grade(book, attempts.get('Zhang Wei')!);
  const entry = { ...NOTHING_GIVEN, kind: 'deduction', points: 0.5, note: 'copied', by: 'Grace', digest: '' } as const;
  await book.write((db) => addEntry(db, assignment.id, teams[0], entry));
  const renamed = await run('41');
  expect(renamed.notes).toEqual(['41 is the work of Wei Zhang now, and was that of Zhang Wei']);
  expect(renamed.attempts.get('41')).toMatchObject({ state: 'graded', source: '41' });
  expect(await workedIn(book)).toEqual([['Wei Zhang 41', 1]]);
  expect(await deductedFor(book, '41')).toEqual([0.5]);
  expect((await studentsIn(book)).map(([, { sid }]) => sid).sort()).toEqual(['41', '42']);
});

onBook('work that is kept apart stays so while its folder is in the class, or is another class’s', async (book) => {
  await recordRoster(book, WEI);
  const run = (out: string, ...names: string[]) =>
    record(book, folders(...names), { roster: WEI, works: () => 'the skeleton', out });
  await run('hw', 'Zhang Wei');
  await run('hw', 'Zhang Wei', '41');
  await run('section2', '42');
  expect(await workedIn(book)).toEqual([
    ['Wei Zhang 41', 1],
    ['Zhang Wei', 1],
    ['Zhang Wei 42', 1],
  ]);
});

onBook('two folders of one name of the roster are nobody’s, nor is one beside the id', async (book) => {
  await recordRoster(book, [ADA]);
  await record(book, folders('Ada Lovelace', 'Lovelace Ada'), { roster: [ADA] });
  expect(await workedIn(book)).toEqual([
    ['Ada Lovelace', 1],
    ['Lovelace Ada', 1],
  ]);
  await record(book, folders('al12', 'Ada Lovelace'), { roster: [ADA], out: 'hw2' });
  expect(await workedIn(book)).toContainEqual(['Ada Lovelace 0012', 1]);
});

onBook('a name that was one student’s stays theirs if the roster has a second one later', async (book) => {
  await recordRoster(book, [WEI[1]]);
  const first = await record(book, folders('Zhang Wei'), { roster: [WEI[1]] });
  await recordRoster(book, WEI);
  const again = await record(book, folders('Zhang Wei'), { roster: WEI });
  expect(again.teams).toEqual(first.teams);
});

const HW2 = { ...assignment, id: 'hw2' };
const moodle = (name: string, id: number) => `${name}_${id}_assignsubmission_file`;

onBook('a number of Moodle is of one assignment, and the name is the same', async (book) => {
  const first = await record(book, folders(moodle('Ada Lovelace', 31), moodle('Bob Stone', 32)));
  await courseAssignment(book, HW2);
  const second = await record(book, folders(moodle('Ada Lovelace', 97), moodle('Bob Stone', 31)), { of: HW2 });
  expect(second.teams).toEqual(first.teams);
  expect((await record(book, folders(moodle('Ada Lovelace', 31), moodle('Bob Stone', 32)))).teams).toEqual(first.teams);
  expect(await namesIn(book)).toEqual(['Ada Lovelace', 'Bob Stone']);
  const called = (assignmentId: string) => book.read((db) => studentCalled(db, '31', assignmentId));
  expect(await called(assignment.id)).toMatchObject({ name: 'Ada Lovelace', ids: { moodle: '31' } });
  expect(await called(HW2.id)).toMatchObject({ name: 'Bob Stone', ids: { moodle: '31' } });
});

onBook('of two of one name in Moodle nobody is guessed, nor in a blind marking', async (book) => {
  const both = folders(moodle('Wei Zhang', 1), moodle('Wei Zhang', 2), moodle('Participant', 3));
  await record(book, both);
  const one = folders(moodle('Wei Zhang', 5), moodle('Participant', 3));
  const { notes, teams } = await record(book, one, { of: HW2 });
  expect(notes).toEqual([expect.stringMatching(/^Wei Zhang could be Wei Zhang.* or Wei Zhang.*: kept apart/)]);
  expect(await namesIn(book)).toHaveLength(5);
  expect((await record(book, one, { of: HW2 })).teams).toEqual(teams);
  const plain = await record(book, folders('Wei Zhang'), { of: { ...assignment, id: 'hw3' } });
  expect(plain.notes).toEqual([expect.stringMatching(/^Wei Zhang could be .*: kept apart/)]);
});

for (const [name, entries] of [
  ['case', folders('Ada Lovelace', 'ada lovelace')],
  ['Unicode form', folders('José', 'José'.normalize('NFD'))],
  ['an archive beside a folder', { ...folders('Ada Lovelace'), 'Ada Lovelace.zip': 'file' }],
] as const)
  onBook(`hand-ins of one name are kept apart and named: ${name}`, async (book) => {
    const first = await record(book, entries);
    expect(first.notes).toEqual([
      expect.stringMatching(/ and .* have the same name, and are kept apart .* name them by ids or addresses$/),
    ]);
    expect(new Set(first.teams).size).toBe(2);
    expect((await record(book, entries)).teams).toEqual(first.teams);
    const [only] = Object.entries(entries);
    const { teams, notes } = await record(book, Object.fromEntries([only]));
    expect([teams, notes]).toEqual([[first.attempts.get(only[0])!.team], []]);
    expect(await namesIn(book)).toHaveLength(2);
  });

onBook('work of an older download that is graded again does not count again', async (book) => {
  const works = (version: string) => ({ works: () => version, out: version });
  await record(book, folders('ada'), works('first'));
  await record(book, folders('ada'), works('second'));
  await record(book, folders('ada'), works('first'));
  const counting = () => book.read((db) => attemptCalled(db, 'ada', assignment.id));
  expect((await counting()).digest).toBe('second');
  // In the place of the later work it is what the student has handed in now.
  await record(book, folders('ada'), { works: () => 'first', out: 'second' });
  expect((await counting()).digest).toBe('first');
});

const deadlines = (more: object) => ({
  ...Deadlines.parse({ due: '2026-11-20T09:00Z', ...more }),
  isOfAll: true,
});

onBook('an extension that is given later is that of earlier attempts as well', async (book) => {
  await setPolicy(book, assignment.id, { counts: 'best' });
  const late = (day: number) => ({ handedIn: { ada: `2026-11-${day}T09:00Z` } });
  const first = await record(book, folders('ada'), { works: () => 'good', deadlines: deadlines(late(21)) });
  await grade(book, first.attempts.get('ada')!);
  const { team } = first.attempts.get('ada')!;
  const before = (await settleTeam(book, assignment, team)).get(first.attempts.get('ada')!.id)!;
  expect(before.totals.late?.seconds).toBe(86_400);
  const extensions = { ada: '4 days' };
  await record(book, folders('ada'), { works: () => 'bad', deadlines: deadlines({ ...late(22), extensions }) });
  const counting = await book.read((db) => attemptCalled(db, 'ada', assignment.id));
  expect(counting).toMatchObject({ digest: 'good', late_seconds: 0 });
});

onBook('the extensions of a file are all there are, and one that ends is named', async (book) => {
  const handedIn = { ada: '2026-11-22T09:00Z', bob: '2026-11-22T09:00Z' };
  const run = (more: object) => record(book, folders('ada', 'bob'), { deadlines: deadlines({ handedIn, ...more }) });
  const duesIn = ({ attempts }: { attempts: ReadonlyMap<string, Attempt> }) =>
    [...attempts.values()].map(({ due }) => due.slice(8, 10));
  expect(duesIn(await run({ extensions: { ada: '3 days' } }))).toEqual(['23', '20']);
  const corrected = await run({ extensions: { bob: '3 days' } });
  expect(corrected.notes).toEqual([
    'ada: the deadlines have no extension for them any more; due 2026-11-20T09:00:00.000Z again',
  ]);
  expect(duesIn(corrected)).toEqual(['20', '23']);
  const dueOnly = await record(book, folders('ada', 'bob'), {
    deadlines: { ...deadlines({ handedIn }), isOfAll: false },
  });
  expect(duesIn(dueOnly)).toEqual(['20', '23']);
});

/** Whether the work of each source is late. */
const lateIn = (book: CourseGradebook, { attempts }: { attempts: ReadonlyMap<string, Attempt> }) =>
  book.read((db) =>
    Promise.all([...attempts.values()].map(async ({ id }) => ((await attemptOf(db, id))?.late_seconds ?? 0) > 0)),
  );

onBook('a due date is that of students who are new in a later download, and of nobody who has one', async (book) => {
  const handedIn = { ada: '2026-11-22T09:00Z', bob: '2026-11-22T09:00Z', cleo: '2026-11-20T09:05Z' };
  const timesOnly = { ...Deadlines.parse({ handedIn }), isOfAll: true };
  const late = async (deadlines: Deadlines, ...names: string[]) =>
    lateIn(book, await record(book, folders(...names), { deadlines }));
  expect(await late(timesOnly, 'ada')).toEqual([false]);
  const first = deadlines({ handedIn, extensions: { ada: '3 days' }, grace: '10 minutes' });
  expect(await late(first, 'ada')).toEqual([false]);
  expect(await late(timesOnly, 'ada', 'bob', 'cleo')).toEqual([false, true, false]);
});

onBook('an extension follows its student into another team', async (book) => {
  const handedIn = { al12: '2026-11-22T09:00Z' };
  const late = async (roster: readonly RosterEntry[], deadlines: Deadlines) =>
    lateIn(book, await record(book, folders('al12'), { roster, deadlines }));
  expect(await late([ADA], deadlines({ handedIn, extensions: { al12: '3 days' } }))).toEqual([false]);
  expect(await late(TEAMS, Deadlines.parse({ handedIn }))).toEqual([false]);
  expect(await late(TEAMS, deadlines({ handedIn }))).toEqual([true]);
});

onBook('times without a zone are in that of the due date, in a later run as well', async (book) => {
  const times = (...students: string[]) =>
    files(...students.map((student) => `HW1_${student}_attempt_2026-11-20-09-30-15_hw.zip`));
  const due = { ...NO_DEADLINES, due: { at: '2026-11-20T08:00:00.000Z', zone: 'Europe/Berlin' } };
  expect(await lateIn(book, await record(book, times('ada'), { deadlines: due }))).toEqual([true]);
  expect(await lateIn(book, await record(book, times('ada', 'bob')))).toEqual([true, true]);
});

onBook('a result of an earlier version of the assignment counts as it is once it is restored', async (book) => {
  const { attempts } = await record(book, folders('ada'));
  const attempt = attempts.get('ada')!;
  await grade(book, attempt);
  await book.write(async (db) => {
    await db.updateTable('attempts').set({ score: -1 }).execute();
  });
  const settled = await settleTeam(book, { ...assignment, version: assignment.version + 1 }, attempt.team);
  const { score } = await book.read((db) => attemptCalled(db, 'ada', assignment.id));
  expect(score).toBe(settled.get(attempt.id)!.totals.earned + settled.get(attempt.id)!.totals.bonus);
});

onBook('nobody is meant by an empty name', async (book) => {
  await record(book, folders('ada', 'bob'));
  for (const text of ['', '  '])
    await expect(book.read((db) => attemptCalled(db, text, assignment.id))).rejects.toThrow(/no student is named/);
});
