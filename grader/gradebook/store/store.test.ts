import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../model/errors.ts';
import { termsText, timesOfAttempt } from './attemptTimes.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Student } from '../../model/student.ts';
import { attemptOf, recordFailure } from './attempts.ts';
import { recordAttempt } from './recordAttempt.ts';
import { countingAttempt } from './countingAttempt.ts';
import { CourseGradebook } from './CourseGradebook.ts';
import { addEntry, countingEntries, entriesByTeam, entriesOf, givenTo, NOTHING_GIVEN } from './entries.ts';
import { courseAssignment } from './assignments.ts';
import { readGrading, readReport, saveGrading } from './gradings.ts';
import { countResult, readResult } from './results.ts';
import { recordRoster } from './enrolments.ts';
import { ada, grade, handedIn, HW, NOBODY_ELSE, record, report, rowsOf, teamOf } from '../test/homework.ts';
import { folder, onEach, server } from '../test/onEach.ts';

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

onEach('what people gave follows into part of a team, whether one team is asked for or all', async (book) => {
  const bob: Student = { name: 'Bob Stone', ids: { sid: '9' } };
  const cleo: Student = { name: 'Cleo', ids: { sid: '10' } };
  const [alone, both, others, mixed] = [[ada], [ada, bob], [bob], [bob, cleo]];
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
  const [third, fourth] = [await record(book, handedIn(others, 'z')), await record(book, handedIn(mixed, 'w'))];
  await book.read(async (db) => {
    const all = await entriesByTeam(db, HW.id);
    const pointsOf = (team: string) => all.get(team)!.map(({ points }) => points);
    const teams = [first, second, third, fourth];
    expect(teams.map(({ team }) => pointsOf(team))).toEqual([[1], [2], [2], []]);
    for (const { team } of teams) expect(all.get(team)).toEqual(await entriesOf(db, HW.id, team));
  });
});
