import { UsageError } from '../../model/errors.ts';
import { termsText, timesOfAttempt } from './attemptTimes.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import type { Student } from '../../model/student.ts';
import { exampleReport } from '../../report/test/exampleReport.ts';
import { startPostgres } from '../test/postgres.ts';
import { absentFrom } from './absentFrom.ts';
import { attemptCalled, studentCalled } from './attemptCalled.ts';
import { attemptOf, type HandedIn, recordAttempt, recordFailure } from './attempts.ts';
import { applyChanges, hold, notYetApplied, undoLast } from './changes.ts';
import { countingAttempt } from './countingAttempt.ts';
import { CourseGradebook } from './CourseGradebook.ts';
import { addEntry, countingEntries, entriesByTeam, entriesOf, givenTo, NOTHING_GIVEN } from './entries.ts';
import { joinStudents } from './joinStudents.ts';
import { courseAssignment, setPolicy } from './assignments.ts';
import { readGrading, readReport, saveGrading } from './gradings.ts';
import { countResult, readResult, saveResult } from './results.ts';
import { publish, untoldScores } from './published.ts';
import { recordRoster } from './enrolments.ts';
import { historyOf } from './history.ts';
import { overviewOf } from './overview.ts';
import { sharedNamesOf } from './personFor.ts';
import { countingTeams, teamsFor } from './teams.ts';

const folder = mkdtempSync(join(tmpdir(), 'im2grade-store-'));
const server = await startPostgres();
if (!server) test.skip('PostgreSQL: not installed here (apt-get install postgresql)', () => {});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;
const ENGINES = [
  ['SQLite', () => join(folder, `${made++}`, 'gradebook.db')],
  ...(server ? [['PostgreSQL', () => server.newDatabase()] as const] : []),
] as const;

const onEach = (name: string, work: (book: CourseGradebook, location: string) => Promise<void>) =>
  test.each(ENGINES)(`%s: ${name}`, async (_, locationOf) => {
    const location = locationOf();
    const book = await CourseGradebook.open(location, join(folder, `${made++}`));
    try {
      await work(book, location);
    } finally {
      await book.close();
    }
  });

const report = exampleReport();
const HW = { id: 'hw', title: 'Homework', version: 1 };
const ada: Student = { name: 'Ada Lovelace', email: 'ada@example.org', ids: { sid: '0012345', moodle: '41' } };
const NOBODY_ELSE = new Set<string>();

const handedIn = (students: readonly Student[], digest: string, more: Partial<HandedIn> = {}): HandedIn => ({
  ...{ students, digest, received: undefined, due: undefined, source: `${digest}.zip`, folder: `hw/${digest}` },
  ...more,
});
const record = async (book: CourseGradebook, handIn: HandedIn, shared: ReadonlySet<string> = NOBODY_ELSE) =>
  (await recordAttempt(book, HW.id, handIn, shared)).attempt;
const teamOf = async (book: CourseGradebook, ...students: Student[]) =>
  (await record(book, handedIn(students, `work of ${students.map(({ name }) => name).join()}`))).team;

async function rowsOf(book: CourseGradebook) {
  const rows = [];
  for await (const page of (await overviewOf(book)).pages) rows.push(...page);
  return rows;
}

/** Records a full result of an attempt that counts. */
async function grade(book: CourseGradebook, attempt: string, key: string): Promise<string> {
  const facts = { key, assignment: HW.id, submission: 'd', assignmentSources: 'a', graderSources: 'g', seed: 7 };
  await saveGrading(book, facts, report);
  const result = await saveResult(book, { attempt, gradings: [key], rubric: 'r', report, isFull: true });
  await book.write(async (db) => countResult(db, (await attemptOf(db, attempt))!, result, report));
  return result;
}

onEach(
  'the same work of a team is one attempt, whatever it is called and however often it is recorded',
  async (book) => {
    const first = await record(book, handedIn([ada], 'd1', { received: '2026-11-20T09:00:00.000Z' }));
    const again = await record(book, handedIn([ada], 'd1', { source: 'renamed.zip', folder: 'hw/renamed' }));
    expect(again).toMatchObject({ id: first.id, source: 'renamed.zip', received: '2026-11-20T09:00:00.000Z' });
    const other = await record(book, handedIn([ada], 'd2', { folder: 'hw/renamed' }));
    expect(other.team).toBe(first.team);
    expect(other.id).not.toBe(first.id);
  },
);

onEach('a due date is kept by runs that know none, for new attempts as well', async (book) => {
  const due = { at: '2026-11-20T09:00:00.000Z', isExtended: true, terms: () => '{}' };
  await record(book, handedIn([ada], 'd1', { due }));
  expect(await record(book, handedIn([ada], 'd1'))).toMatchObject({ due: due.at });
  expect(await record(book, handedIn([ada], 'd2'))).toMatchObject({ due: due.at });
});

onEach('an extension is kept by runs that know the due date only, until it is replaced', async (book) => {
  const dueBy = async (at: string, isExtended: boolean) =>
    (await record(book, handedIn([ada], 'd1', { due: { at, isExtended, terms: () => '{}' } }))).due;
  const [due, later, last] = [20, 27, 29].map((day) => `2026-11-${day}T09:00:00.000Z`);
  expect(await dueBy(later, true)).toBe(later);
  expect(await dueBy(due, false)).toBe(later);
  expect(await dueBy(last, false)).toBe(last);
  expect(await dueBy(later, true)).toBe(later);
  expect(await dueBy(due, true)).toBe(due);
});

onEach('what a course allows is kept with the due date', async (book) => {
  const times = { dueAt: '2026-11-20T09:00:00.000Z', handedInAt: '2026-11-20T09:10:00.000Z' };
  const allowed = { zone: 'Europe/Berlin', grace: { days: 0, seconds: 900 }, slipDays: 2 };
  const due = { at: times.dueAt, isExtended: false, terms: () => termsText({ ...times, ...allowed }) };
  const attempt = await record(book, handedIn([ada], 'd1', { due, received: times.handedInAt }));
  expect(timesOfAttempt(attempt)).toEqual({ ...times, ...allowed });
  expect(attempt.late_seconds).toBe(0);
  expect(timesOfAttempt(await record(book, handedIn([ada], 'd2', { received: times.handedInAt })))).toMatchObject(
    allowed,
  );
});

onEach('slip days that count elsewhere are spent, of a team those of the member who spent most', async (book) => {
  const grace: Student = { name: 'Grace Hopper', ids: { sid: '7' } };
  const eve: Student = { name: 'Eve', ids: { sid: '8' } };
  const handIn = async (assignment: string, students: readonly Student[], digest: string, days?: number) => {
    let elsewhere = -1;
    const terms = (slipDaysElsewhere: number) => {
      elsewhere = slipDaysElsewhere;
      return '{}';
    };
    const due = { at: '2026-11-20T09:00:00.000Z', isExtended: false, terms };
    const { attempt } = await recordAttempt(
      book,
      assignment,
      handedIn(students, digest, { due, received: `2026-11-2${digest.length}T09:00:00.000Z` }),
      NOBODY_ELSE,
    );
    const late = { dueAt: due.at, handedInAt: attempt.received, seconds: 1, keep: 1, counts: 1, slipDaysUsed: days };
    const totals = { ...report.totals, late };
    if (days !== undefined)
      await book.write(async (db) =>
        countResult(db, (await attemptOf(db, attempt.id))!, 'r', { totals, outcomes: report.outcomes }),
      );
    return { elsewhere, attempt: attempt.id };
  };
  await handIn('a1', [ada], 'x', 2);
  await handIn('a2', [ada, grace], 'x', 1);
  const elsewhere = async (assignment: string, ...students: Student[]) =>
    (await handIn(assignment, students, 'y')).elsewhere;
  expect((await handIn('a1', [ada], 'x', 2)).elsewhere).toBe(1);
  expect(await elsewhere('a3', ada)).toBe(3);
  expect(await elsewhere('a3', grace)).toBe(1);
  expect(await elsewhere('a3', ada, grace, eve)).toBe(3);
  expect(await elsewhere('a3', eve)).toBe(0);
  const { attempt } = await handIn('a1', [ada], 'xxx', 0);
  expect(await elsewhere('a3', ada)).toBe(1);
  await recordFailure(book, attempt, 'ungradable', 'no');
  expect(await elsewhere('a3', ada)).toBe(1);
});

onEach('late work that cannot be graded is late', async (book) => {
  const due = { at: '2026-11-20T09:00:00.000Z', isExtended: false, terms: () => '{}' };
  const late = await record(book, handedIn([ada], 'd1', { due, received: '2026-11-20T10:00:00.000Z' }));
  await recordFailure(book, late.id, 'ungradable', 'no');
  expect((await record(book, handedIn([ada], 'd1'))).late_seconds).toBe(3600);
});

onEach(
  'a person is found by an id, a login, an address, then a name; leading zeros and case of an id',
  async (book) => {
    const team = await teamOf(book, ada);
    for (const same of [
      { name: 'Lovelace, A.', ids: { sid: '0012345' } },
      { name: 'A. L.', ids: {}, email: 'ADA@example.org' },
      { name: 'ada  lovelace', ids: {} },
      { name: '0012345', ids: {} },
      { name: 'Ada Lovelace', ids: { canvas: '101' } },
    ] satisfies Student[])
      expect([same.name, await teamOf(book, same)]).toEqual([same.name, team]);
    expect(await teamOf(book, { name: 'Ada Lovelace', ids: { sid: '12345' } })).not.toBe(team);
    const decomposed: Student = { name: 'José'.normalize('NFD'), ids: {} };
    expect(await teamOf(book, decomposed)).toBe(await teamOf(book, { name: 'JOSÉ', ids: {} }));
  },
);

onEach('two people of one name are never merged, and a hand-in without an id is kept apart and named', async (book) => {
  const [one, two] = [
    { name: 'Wei Zhang', ids: { moodle: '41' } },
    { name: 'Wei Zhang', ids: { moodle: '42' } },
  ] satisfies Student[];
  const shared = sharedNamesOf([one, two]);
  const teams = [await record(book, handedIn([one], 'a'), shared), await record(book, handedIn([two], 'b'), shared)];
  expect(teams[0].team).not.toBe(teams[1].team);
  const { attempt, ambiguities } = await recordAttempt(
    book,
    HW.id,
    handedIn([{ name: 'Wei Zhang', ids: {} }], 'c'),
    NOBODY_ELSE,
  );
  expect(teams.map(({ team }) => team)).not.toContain(attempt.team);
  expect(ambiguities[0].candidates.map(({ ids }) => ids.moodle).sort()).toEqual(['41', '42']);
  expect((await record(book, handedIn([{ name: 'Wei Zhang', ids: {} }], 'd'))).team).toBe(attempt.team);
  await expect(book.read((db) => studentCalled(db, 'Wei Zhang'))).rejects.toThrow(
    /Wei Zhang could be .*moodle 41.*name one by an id or an address/,
  );
});

onEach('ids that belong to two students are named, and nobody takes over the other’s', async (book) => {
  const alan: Student = { name: 'Alan Turing', ids: { moodle: '42' } };
  const [teamOfAda, teamOfAlan] = [await teamOf(book, ada), await teamOf(book, alan)];
  const mixed: Student = { name: 'Alan Turing', ids: { moodle: '42', sid: '0012345' } };
  const { attempt, ambiguities } = await recordAttempt(book, HW.id, handedIn([mixed], 'm'), NOBODY_ELSE);
  expect(attempt.team).toBe(teamOfAlan);
  expect(ambiguities[0].candidates.map(({ name }) => name)).toEqual(['Ada Lovelace', 'Alan Turing']);
  const stranger: Student = { name: 'Grace Hopper', ids: mixed.ids };
  const apart = await teamOf(book, stranger);
  expect([teamOfAda, teamOfAlan]).not.toContain(apart);
  expect(await teamOf(book, stranger)).toBe(apart);
  expect((await book.read((db) => studentCalled(db, '0012345'))).name).toBe('Ada Lovelace');
});

onEach('a team is the set of its members, in any order, and each has the grade', async (book) => {
  const alan: Student = { name: 'Alan Turing', ids: { moodle: '42' } };
  const attempt = await record(book, handedIn([ada, alan], 'd'));
  expect((await record(book, handedIn([alan, ada], 'd'))).id).toBe(attempt.id);
  await courseAssignment(book, HW);
  await grade(book, attempt.id, 'k');
  const scores = (await rowsOf(book)).map(({ student, standings }) => [student.name, standings[0].score]);
  expect(scores).toEqual([
    ['Ada Lovelace', scores[0][1]],
    ['Alan Turing', scores[0][1]],
  ]);
  expect(scores[0][1]).toBeGreaterThan(0);
});

onEach('an attempt that cannot be graded has no score, and no older one speaks for it', async (book) => {
  await courseAssignment(book, HW);
  const old = await record(book, handedIn([ada], 'd1'));
  await grade(book, old.id, 'k');
  const attempt = await record(book, handedIn([ada], 'd2'));
  await recordFailure(book, attempt.id, 'ungradable', 'src/a.ts:1:1: no');
  const [{ standings }] = await rowsOf(book);
  expect(standings[0]).toMatchObject({ state: 'ungradable', reason: 'src/a.ts:1:1: no', attempts: 2 });
  expect(standings[0].score).toBeUndefined();
  // A machine that fails later takes no result away.
  await recordFailure(book, old.id, 'pending', 'the disk is full');
  expect((await record(book, handedIn([ada], 'd1'))).state).toBe('graded');
});

onEach('what people gave is kept in order; the last one counts', async (book) => {
  const team = await teamOf(book, ada);
  const given = { ...NOTHING_GIVEN, kind: 'points', criterion: 'a.b', by: 'Grace', note: 'x' } as const;
  await book.write(async (db) => {
    await addEntry(db, HW.id, team, { ...given, points: 4, at: '2026-11-20T09:00:00.000Z' });
    await addEntry(db, HW.id, team, { ...given, points: 2, at: '2026-11-21T09:00:00.000Z' });
    await addEntry(db, HW.id, team, { ...given, kind: 'comment', note: 'hello', at: '2026-11-22T09:00:00.000Z' });
  });
  const entries = await givenTo(book, HW.id, team);
  expect(entries.map(({ points }) => points)).toEqual([4, 2, 0]);
  expect(countingEntries(entries).map(({ kind, points }) => [kind, points])).toEqual([
    ['points', 2],
    ['comment', 0],
  ]);
});

onEach('a regrading that is applied can be undone, and published scores are remembered', async (book) => {
  await courseAssignment(book, HW);
  const attempt = await record(book, handedIn([ada], 'd'));
  const oldResult = await grade(book, attempt.id, 'k1');
  const newResult = await saveResult(book, {
    attempt: attempt.id,
    gradings: ['k2'],
    rubric: 'r',
    report,
    isFull: true,
  });
  const change = { attempt: attempt.id, oldResult, newResult, reason: '' };
  await book.write((db) => applyChanges(db, [change], 'Grace'));
  const applied = await book.read((db) => attemptCalled(db, 'ada@example.org', undefined));
  expect(applied).toMatchObject({ result: newResult, held: 1 });
  await expect(book.write((db) => applyChanges(db, [change], 'Grace'))).rejects.toThrow(/changed meanwhile/);
  expect(await publishAll(book)).toBe(1);
  expect(await publishAll(book)).toBe(0);
  await book.write((db) => undoLast(db, HW.id));
  expect(await book.read((db) => attemptCalled(db, '41', HW.id))).toMatchObject({ result: oldResult, held: 1 });
  await expect(book.write((db) => undoLast(db, HW.id))).rejects.toThrow(/no regrading was applied/);
  const person = await book.read((db) => studentCalled(db, 'Ada Lovelace'));
  const events = await book.read((db) => historyOf(db, person.id));
  expect(events.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['handed in', 'graded', 'regraded', 'published']),
  );
});

const publishAll = (book: CourseGradebook) =>
  book.write(async (db) => publish(db, await countingTeams(db, HW.id), 'Grace'));

const POLICIES = [
  ['best', 'team'],
  ['latest', 'alone'],
  ['latest-in-time', 'team'],
] as const;
for (const [counts, whose] of POLICIES)
  onEach(`who handed in with a team and alone has one score everywhere: counts ${counts}`, async (book) => {
    await courseAssignment(book, HW);
    await setPolicy(book, HW.id, { counts });
    const alan: Student = { name: 'Alan Turing', ids: { sid: '2' } };
    const due = { at: '2026-11-02T00:00:00.000Z', isExtended: false, terms: () => '' };
    const both = await record(book, handedIn([ada, alan], 'd1', { received: '2026-11-01T00:00:00.000Z', due }));
    const alone = await record(book, handedIn([ada], 'd2', { received: '2026-11-03T00:00:00.000Z', due }));
    await grade(book, both.id, 'k1');
    await grade(book, alone.id, 'k2');
    const late = { score: 4, late_seconds: 86_400 };
    await book.write((db) => db.updateTable('attempts').set({ score: 9 }).where('id', '=', both.id).execute());
    await book.write((db) => db.updateTable('attempts').set(late).where('id', '=', alone.id).execute());
    const chosen = whose === 'team' ? both : alone;
    const works = await book.read((db) => countingTeams(db, HW.id));
    expect(works.map(({ counting, students }) => [counting.id, students.map(({ name }) => name)])).toEqual(
      whose === 'team'
        ? [[both.id, ['Ada Lovelace', 'Alan Turing']]]
        : [
            [alone.id, ['Ada Lovelace']],
            [both.id, ['Alan Turing']],
          ],
    );
    await publishAll(book);
    const told = (await rowsOf(book)).map(({ student, standings: [{ score, published }] }) => [
      ...[student.name, score, published],
    ]);
    const expected = chosen === both ? 9 : 4;
    expect(told).toEqual([
      ['Ada Lovelace', expected, expected],
      ['Alan Turing', 9, 9],
    ]);
    expect(await book.read((db) => attemptCalled(db, '0012345', HW.id))).toMatchObject({ id: chosen.id });
  });

onEach('two students who are one have one row with everything of both, and stay one', async (book) => {
  await courseAssignment(book, HW);
  const shared = new Set(['mia kim']);
  const [full, plain]: Student[] = [
    { name: 'Mia Kim', email: 'm@x.org', ids: { sid: '9' } },
    { name: 'mia.k', email: 'mia@private.example', ids: {} },
  ];
  const due = { at: '2026-11-02T00:00:00.000Z', isExtended: false, terms: () => '' };
  const early = await record(book, handedIn([full], 'd1', { received: '2026-11-01T00:00:00.000Z', due }), shared);
  const late = await record(book, handedIn([plain], 'd2', { received: '2026-11-03T00:00:00.000Z', due }), shared);
  const same = await record(book, handedIn([plain], 'd1', { folder: 'hw/again' }), shared);
  await grade(book, early.id, 'k1');
  const result = await grade(book, late.id, 'k2');
  const given = { ...NOTHING_GIVEN, kind: 'comment', criterion: '', by: 'Grace', note: 'good', points: 0 } as const;
  await book.write((db) => addEntry(db, HW.id, same.team, given));
  await publishAll(book);
  const person = (text: string) => book.read((db) => studentCalled(db, text));
  const [student, other] = [await person('9'), await person('mia@private.example')];
  const [team] = await book.write((db) => joinStudents(db, student, other, 'Grace'));

  const rows = await rowsOf(book);
  expect(rows.map(({ student, standings: [{ attempts }] }) => [student.name, attempts])).toEqual([['Mia Kim', 2]]);
  expect(await book.read((db) => attemptCalled(db, '9', HW.id))).toMatchObject({ result, digest: 'd2' });
  expect((await book.read((db) => entriesOf(db, HW.id, team))).map(({ note }) => note)).toEqual(['good']);
  for (const text of ['9', 'm@x.org', 'mia@private.example', 'mia.k']) expect((await person(text)).id).toBe(student.id);
  const again = await record(book, handedIn([plain], 'd2', { folder: 'hw/renamed' }), shared);
  expect(again).toMatchObject({ team, result });
  expect(await rowsOf(book)).toHaveLength(1);
  const history = await book.read((db) => historyOf(db, student.id));
  expect(history.map(({ what }) => what)).toEqual(expect.arrayContaining(['joined', 'published', 'comment']));
});

onEach('whose a folder of a shared name is, stays as it was decided', async (book) => {
  const [one, two] = ['1', '2'].map((sid): Student => ({ name: 'Mia Kim', ids: { sid } }));
  await recordRoster(book, [one, two]);
  const plain = { name: 'Mia Kim', ids: {} };
  const { team } = await record(book, handedIn([plain], 'd', { source: 'Mia Kim' }));
  const person = (text: string) => book.read((db) => studentCalled(db, text));
  const [unknown] = (await book.read((db) => teamsFor(db, HW.id))).teams.flatMap(({ students }) => students);
  const student = await person('1');
  const [joined] = await book.write((db) => joinStudents(db, student, unknown, 'Grace'));
  expect(joined).not.toBe(team);
  expect((await record(book, handedIn([plain], 'd', { source: 'Mia Kim' }))).team).toBe(joined);
});

onEach('two students of two ids, or who handed in together, are not joined', async (book) => {
  const alan: Student = { name: 'Alan', ids: { sid: '2' } };
  await record(book, handedIn([ada, alan], 'd'));
  await record(book, handedIn([{ name: 'Bob', ids: {} }, alan], 'e'));
  const person = (text: string) => book.read((db) => studentCalled(db, text));
  const [first, second, third] = [await person('0012345'), await person('2'), await person('Bob')];
  const join = (a: typeof first, b: typeof first) => book.write((db) => joinStudents(db, a, b, 'Grace'));
  await expect(join(first, second)).rejects.toThrow(/have different ids of one system/);
  await expect(join(second, third)).rejects.toThrow(/handed in together/);
  await expect(join(first, first)).rejects.toThrow(/both names mean this student/);
});

onEach('a score that is not what its student was told is named, with both', async (book) => {
  await courseAssignment(book, HW);
  const untold = async () =>
    (await book.read((db) => untoldScores(db, HW.id))).map(({ student, ...scores }) => [student.name, scores]);
  const first = await record(book, handedIn([ada], 'd1'));
  await grade(book, first.id, 'k1');
  expect(await untold()).toEqual([]);
  await publishAll(book);
  expect(await untold()).toEqual([]);
  const published = (await book.read((db) => attemptOf(db, first.id)))!.score;
  await book.write((db) => db.updateTable('attempts').set({ score: 0.5 }).where('id', '=', first.id).execute());
  expect(await untold()).toEqual([['Ada Lovelace', { published, score: 0.5 }]]);
  await record(book, handedIn([ada], 'd2'));
  expect(await untold()).toEqual([['Ada Lovelace', { published, score: undefined }]]);
});

onEach('a result counts only if nobody has decided on another meanwhile', async (book) => {
  const attempt = await record(book, handedIn([ada], 'd'));
  const oldResult = await grade(book, attempt.id, 'k1');
  const newResult = await saveResult(book, {
    ...{ attempt: attempt.id, gradings: ['k2'], rubric: 'r', report, isFull: true },
  });
  const asRead = (await book.read((db) => attemptOf(db, attempt.id)))!;
  await book.write((db) => hold(db, [attempt.id]));
  expect(await book.write((db) => countResult(db, asRead, newResult, report))).toBe(false);
  await recordFailure(book, attempt.id, 'ungradable', 'it does not compile');
  expect(await book.read((db) => attemptOf(db, attempt.id))).toMatchObject({ result: oldResult, held: 1 });
});

onEach('a change that another command has applied is not applied again', async (book) => {
  const attempt = await record(book, handedIn([ada], 'd'));
  const oldResult = await grade(book, attempt.id, 'k1');
  const change = { attempt: attempt.id, oldResult, newResult: 'r2', reason: '' };
  expect(await book.read((db) => notYetApplied(db, [change]))).toEqual([change]);
  await book.write((db) => applyChanges(db, [change], 'Grace'));
  expect(await book.read((db) => notYetApplied(db, [change]))).toEqual([]);
});

onEach(
  'the folder of its files is the same for every command, wherever it writes its reports',
  async (book, location) => {
    await grade(book, (await record(book, handedIn([ada], 'd'))).id, 'k');
    for (const access of ['make', 'change', 'read'] as const) {
      const other = await CourseGradebook.open(location, join(folder, 'elsewhere'), access);
      expect(other.folder).toBe(book.folder);
      await other.close();
    }
  },
);

onEach('a zero byte in a name is no fault', async (book) => {
  const person = { name: 'A\0da', ids: { sid: '7' } };
  await recordRoster(book, [{ ...person, section: 'L\0' }]);
  expect((await record(book, handedIn([person], 'd', { source: 'x\0y' }))).source).toBe('x\ufffdy');
  await recordRoster(book, [{ name: 'A\0lan', ids: {} }]);
  expect((await rowsOf(book)).map(({ student }) => student.name)).toEqual(['A\ufffdda', 'A\ufffdlan']);
});

onEach(
  'a gradebook of an older grader gets the columns that it lacks, and keeps everything',
  async (book, location) => {
    const attempt = await record(book, handedIn([ada], 'd'));
    const id = await grade(book, attempt.id, 'k1');
    await book.read((db) => db.schema.alterTable('results').dropColumn('version').execute());
    const again = await CourseGradebook.open(location, book.folder);
    try {
      expect(await readResult(again, id)).toMatchObject({ id, version: 0, isFull: true });
      expect(await grade(again, attempt.id, 'k2')).not.toBe(id);
    } finally {
      await again.close();
    }
  },
);

onEach('students of one name are in the order of their ids, not in that of their recording', async (book) => {
  await courseAssignment(book, HW);
  const shared = new Set(['wei zhang']);
  for (const sid of ['3', '1', '2']) await record(book, handedIn([{ name: 'Wei Zhang', ids: { sid } }], sid), shared);
  await record(book, handedIn([{ name: 'Ada', ids: { sid: '4' } }], '4'), shared);
  expect((await rowsOf(book)).map(({ student }) => student.ids.sid)).toEqual(['4', '1', '2', '3']);
  const { teams } = await book.read((db) => teamsFor(db, HW.id));
  expect(teams.map(({ students }) => students[0].ids.sid)).toEqual(['4', '1', '2', '3']);
});

onEach('a course of more students than a page has each of them once', async (book) => {
  await courseAssignment(book, HW);
  const numbers = Array.from({ length: 1200 }, (_, n) => n);
  await book.write(async (db) => {
    for (const n of numbers) {
      // Every third has no name, which is a name that many have.
      const name = n % 3 === 0 ? '' : `Student ${n}`;
      const student = { id: `s${n}`, name, name_key: name.toLowerCase(), email: '', email_key: '' };
      await db.insertInto('students').values(student).execute();
    }
  });
  const ids = (await rowsOf(book)).map(({ student }) => student.id);
  expect(ids.toSorted()).toEqual(numbers.map((n) => `s${n}`).toSorted());
});

onEach('a grading whose report is missing or damaged is no grading', async (book) => {
  const facts = { key: 'k', assignment: 'hw', submission: 'd', assignmentSources: '', graderSources: '', seed: 1 };
  await saveGrading(book, facts, report);
  expect(await readGrading(book, 'k')).toMatchObject({ type: 'graded' });
  const digest = await book.reports.write(JSON.stringify(report));
  writeFileSync(book.reports.pathOf(digest), 'half of it');
  expect(await readGrading(book, 'k')).toBeUndefined();
  expect(await readReport(book, digest)).toBeUndefined();
});

(server ? test : test.skip)('PostgreSQL: several commands make a new gradebook at once', async () => {
  const location = server!.newDatabase();
  const books = await Promise.all(Array.from({ length: 4 }, () => CourseGradebook.open(location, folder)));
  const attempts = await Promise.all(books.map((book) => record(book, handedIn([ada], 'd'))));
  expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
  await Promise.all(books.map((book) => book.close()));
});

test('a file that is no gradebook is refused in one line', async () => {
  const path = join(folder, 'notes.txt');
  writeFileSync(path, 'not a database'.repeat(500));
  const opened = CourseGradebook.open(path, folder);
  await expect(opened).rejects.toThrow(/notes\.txt: it is not a gradebook/);
  await expect(opened).rejects.toBeInstanceOf(UsageError);
});

const attempt = (name: string, received: string, score: number, late_seconds = 0, seen = received) => ({
  ...{ name, received, score, late_seconds, seen, state: 'graded' as const },
});

test.each([
  ['latest', 'c'],
  ['best', 'a'],
  ['latest-in-time', 'b'],
] as const)('of three attempts the %s one counts', (counts, name) => {
  const attempts = [attempt('b', '2026-02', 5), attempt('a', '2026-01', 9), attempt('c', '2026-03', 7, 60)];
  expect(countingAttempt(attempts, counts)?.name).toBe(name);
});

test('without times the one counts that a download had last', () => {
  const attempts = [attempt('a', '', 5, 0, '2026-03'), attempt('b', '', 9, 0, '2026-02')];
  expect(countingAttempt(attempts, 'latest')?.name).toBe('a');
});

onEach('a student of the course who handed in nothing is known, and only once', async (book) => {
  const grace: Student = { name: 'Grace Hopper', ids: { sid: '7' } };
  await recordRoster(book, [ada, grace]);
  await record(book, handedIn([ada], 'd1'));
  await recordRoster(book, [grace]);
  const absent = await book.read((db) => absentFrom(db, HW.id));
  expect(absent.map(({ name, ids }) => ({ name, ids }))).toEqual([grace]);
  expect((await book.read((db) => absentFrom(db, 'next'))).map(({ name }) => name)).toEqual([ada.name, grace.name]);
});

onEach('what people gave is the same, whether one team is asked for or all', async (book) => {
  const bob: Student = { name: 'Bob Stone', ids: { sid: '9' } };
  const [alone, both, others] = [[ada], [ada, bob], [bob]];
  const first = await record(book, handedIn(alone, 'x'));
  const give = (team: string, points: number) =>
    book.write((db) =>
      addEntry(db, HW.id, team, { ...NOTHING_GIVEN, kind: 'deduction', points, note: 'copied', by: 'a TA' }),
    );
  await give(first.team, 1);
  await sleep(5);
  const second = await record(book, handedIn(both, 'y'));
  await give(second.team, 2);
  await sleep(5);
  const third = await record(book, handedIn(others, 'z'));
  await book.read(async (db) => {
    const all = await entriesByTeam(db, HW.id);
    const pointsOf = (team: string) => all.get(team)!.map(({ points }) => points);
    expect([first, second, third].map(({ team }) => pointsOf(team))).toEqual([[1], [1, 2], [2]]);
    for (const { team } of [first, second, third]) expect(all.get(team)).toEqual(await entriesOf(db, HW.id, team));
  });
});
