import { expect } from '@jest/globals';
import { attemptCalled, studentCalled } from '../gradebook/store/attemptCalled.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { addEntry, NOTHING_GIVEN } from '../gradebook/store/entries.ts';
import { courseAssignment } from '../gradebook/store/assignments.ts';
import { recordRoster } from '../gradebook/store/enrolments.ts';
import { teamsFor } from '../gradebook/store/teams.ts';
import { settleTeam } from '../course/settleTeam.ts';
import type { RosterEntry } from './roster/readRoster.ts';
import { folders } from './test/classOf.ts';
import {
  assignment,
  onBook,
  record,
  studentsIn,
  namesIn,
  deduct,
  deductedFor,
  grade,
  ADA,
  BOB,
} from './test/recorded.ts';

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
