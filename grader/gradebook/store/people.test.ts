import { expect } from '@jest/globals';
import type { Student } from '../../model/student.ts';
import { absentFrom } from './absentFrom.ts';
import { attemptCalled, studentCalled } from './attemptCalled.ts';
import { recordAttempt } from './recordAttempt.ts';
import { addEntry, entriesOf, NOTHING_GIVEN } from './entries.ts';
import { joinStudents } from './joinStudents.ts';
import { courseAssignment } from './assignments.ts';
import { recordRoster } from './enrolments.ts';
import { historyOf } from './history.ts';
import { sharedNamesOf } from './personFor.ts';
import { teamsFor } from './teams.ts';
import { ada, grade, handedIn, HW, NOBODY_ELSE, publishAll, record, rowsOf, teamOf } from '../test/homework.ts';
import { onEach } from '../test/onEach.ts';

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

onEach('a download without names does not replace a name by an id', async (book) => {
  const login = { ids: { login: 'al12' } };
  const nameless: Student = { name: 'AL12', ...login };
  for (const student of [nameless, { name: 'Ada Lovelace', ...login }, nameless])
    await record(book, handedIn([student], 'd1'));
  expect((await book.read((db) => studentCalled(db, 'al12'))).name).toBe('Ada Lovelace');
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

onEach('students of one name are in the order of their ids, not in that of their recording', async (book) => {
  await courseAssignment(book, HW);
  const shared = new Set(['wei zhang']);
  for (const sid of ['3', '1', '2']) await record(book, handedIn([{ name: 'Wei Zhang', ids: { sid } }], sid), shared);
  await record(book, handedIn([{ name: 'Ada', ids: { sid: '4' } }], '4'), shared);
  expect((await rowsOf(book)).map(({ student }) => student.ids.sid)).toEqual(['4', '1', '2', '3']);
  const { teams } = await book.read((db) => teamsFor(db, HW.id));
  expect(teams.map(({ students }) => students[0].ids.sid)).toEqual(['4', '1', '2', '3']);
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

const LATER_ROSTERS: readonly [string, Readonly<Record<string, string>>, readonly Student[]][] = [
  [
    'an id and a login come before the beginning of an address',
    { '0012345': '0012345', ada: '0012346' },
    [
      { name: 'Ada Lovelace', email: 'ada@x.org', ids: { sid: '0012345', login: 'alovelace' } },
      { name: 'Ada Byron', email: 'ab@x.org', ids: { sid: '0012346', login: 'ada' } },
    ],
  ],
  [
    'the beginning of an address is not whose another’s login is',
    { ada: '0012346' },
    [
      { name: 'Ada Lovelace', email: 'ada@x.org', ids: { sid: '0012345', login: 'alovelace' } },
      { name: 'Ada Byron', email: 'ab@x.org', ids: { sid: '0012346', login: 'ada' } },
    ],
  ],
  [
    'accents and the order of a name do not matter',
    { 'José Müller': '815', 'Nguyen Van Anh': '816', 'lovelace ada': '817', 'Jan Løvås': '818' },
    [
      { name: 'Müller Jose', email: 'jm@x.org', ids: { sid: '815', login: 'jm' } },
      { name: 'Anh Nguyễn Văn', email: 'an@x.org', ids: { sid: '816', login: 'anv' } },
      { name: 'Ada Lovelace', ids: { sid: '817' } },
      { name: 'Lovas, Jan', ids: { sid: '818' } },
    ],
  ],
];

for (const [name, folders, roster] of LATER_ROSTERS)
  onEach(`a roster that comes later says who is known: ${name}`, async (book) => {
    const teams = new Map<string, string>();
    for (const [folder, sid] of Object.entries(folders)) teams.set(sid, await teamOf(book, { name: folder, ids: {} }));
    expect(await recordRoster(book, roster)).toEqual([]);
    expect(await recordRoster(book, roster)).toEqual([]);
    expect((await rowsOf(book)).map(({ student }) => student.ids.sid).sort()).toEqual(roster.map(({ ids }) => ids.sid));
    for (const [sid, team] of teams)
      expect([
        sid,
        await teamOf(
          book,
          roster.find(({ ids }) => ids.sid === sid)!,
        ),
      ]).toEqual([sid, team]);
  });

onEach('who may be two students of a later roster stays apart', async (book) => {
  await teamOf(book, { name: 'Zhang Wei', ids: {} });
  const roster = [
    { name: 'Wei Zhang', ids: { sid: '41' } },
    { name: 'Zhang Wei', ids: { sid: '42' } },
  ];
  await recordRoster(book, roster);
  expect((await rowsOf(book)).map(({ student: { name, ids } }) => `${name} ${ids.sid}`).sort()).toEqual([
    'Wei Zhang 41',
    'Zhang Wei 42',
    'Zhang Wei undefined',
  ]);
});
