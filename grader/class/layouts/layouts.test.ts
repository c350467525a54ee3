import { describe, expect, test } from '@jest/globals';
import { earlierAttempts } from '../handInsOf.ts';
import { CLONE, FOLDER, files, folderOf, folders, LINK } from '../test/classOf.ts';
import { peopleIn, readEntries } from '../test/peopleIn.ts';

describe('a layout is known from the whole download', () => {
  test.each([
    ['a date', ['hw1_2026_11_ada.zip', 'hw1_2026_11_bob.zip', 'hw1_2026_11_eve.zip']],
    ['a date after the name', ['ada_2026_11_20_hw.zip', 'bob_2026_11_20_hw.zip', 'eve_2026_11_21_hw.zip']],
    ['days that differ', ['ada_30_11_2026_hw.zip', 'bob_1_12_2026_hw.zip']],
    ['dates and times', ['ada_20261120_133000_hw.zip', 'bob_20261121_101500_hw.zip']],
    ['a month and a day in one', ['ada_2026_1120_hw.zip', 'bob_2027_1121_hw.zip']],
    ['a course, a year and a counter', ['CS231_2026_1_bob.zip', 'CS231_2026_2_eve.zip']],
    ['the same in lower case', ['cs231_2026_1_bob.zip', 'cs231_2026_2_eve.zip', 'cs231_2026_3_ada.zip']],
    ['large counters', ['hw_7_1001_bob.zip', 'hw_7_1002_eve.zip', 'hw_7_1003_ada.zip']],
    ['teams and versions', ['Team_3_2_final.zip', 'Team_4_1_final.zip']],
    ['teams in lower case', ['team_3_2_final.zip', 'team_4_1_final.zip', 'team_5_3_final.zip']],
    ['leading zeros', ['ada_0042_1001_hw.zip', 'bob_0043_1002_hw.zip']],
    ['spaces', ['Ada Lovelace_101_9001_hw.zip', 'Alan Turing_102_9002_hw.zip']],
    ['one number of two names', ['ada_101_9001_hw.zip', 'bob_101_9002_hw.zip']],
    ['one number of two files', ['ada_101_9001_hw.zip', 'bob_102_9001_hw.zip']],
    [
      'everything at once',
      ['hw1_2026_11_ada.zip', 'ada_2026_11_20_hw.zip', 'CS231_2026_1_bob.zip', 'Team_3_2_final.zip'],
    ],
    ['a single one', ['hw1_2026_11_ada.zip']],
    ['a single team', ['Team_3_2_final.zip']],
  ])('names with %s are one student each, without a number', async (_, names) =>
    expect(await peopleIn(files(...names))).toEqual(names.toSorted().map((name) => name.replace('.zip', ''))),
  );

  test('a submission that somebody added to a Canvas download does not hide what the others are', async () =>
    expect(
      await peopleIn(files('lovelaceada_101_9001_hw.zip', 'turingalan_102_9002_hw.zip', 'by mail 2026_11_20 bob.zip')),
    ).toEqual(['by mail 2026_11_20 bob', 'lovelaceada, canvas 101', 'turingalan, canvas 102']));
});

describe('GitHub Classroom', () => {
  const clones = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, CLONE]));
  const users = async (names: readonly string[], folder?: string) =>
    (await readEntries(clones(...names), folder)).handIns.map(({ students: [{ ids }] }) => ids.github);

  test.each([
    [
      ['conv-anna-k', 'conv-anna-m'],
      ['anna-k', 'anna-m'],
    ],
    [
      ['hw-1-ada', 'hw-1-alan'],
      ['ada', 'alan'],
    ],
    [
      ['conv2d-gemm-ada', 'conv2d-gemm-alan'],
      ['ada', 'alan'],
    ],
    [
      ['my-first-net-a', 'my-first-net-b', 'my-first-net-c', 'my-first-net-d-e'],
      ['a', 'b', 'c', 'd-e'],
    ],
  ])('%j are the users %j', async (names, expected) => expect(await users(names, 'gh')).toEqual(expected));

  test('a folder that was renamed says nothing', async () =>
    expect(await users(['hw-1-anna', 'hw-1-bob'], 'my-submissions')).toEqual(['anna', 'bob']));

  test('the folder says what the assignment is', async () =>
    expect(await users(['my-net-anna-k', 'my-net-anna-m'], 'my-net-submissions')).toEqual(['anna-k', 'anna-m']));
});

test('Blackboard: receipts say who it is, and the last attempt counts', async () => {
  const receipt = (name: string) => `Name: ${name}\r\nAssignment: hw1\r\nDate Submitted: Friday\r\n`;
  expect(
    await peopleIn({
      'hw1_ada_attempt_2026-11-19-08-00-00_conv.zip': '',
      'hw1_ada_attempt_2026-11-20-08-00-00_conv.zip': '',
      'hw1_ada_attempt_2026-11-20-08-00-00.txt': receipt('Ada Lovelace (ada)'),
      'hw1_anna_k_attempt_2026-11-20-08-00-00.txt': receipt('Anna (Ännchen) König (anna_k)'),
      'hw1_anna_k_attempt_2026-11-20-08-00-00_a_b.tar.xz': '',
      'hw1_bob_attempt_2026-11-20-09-00-00.txt': receipt('Bob (bob)'),
      'hw1_eve_attempt_2026-11-20-09-00-00_hw.zip': '',
    }),
  ).toEqual([
    'Ada Lovelace, login ada',
    'Anna (Ännchen) König, login anna_k: a_b.tar.xz: .tar.xz archives are not read; hand in a .zip, .tar or .tar.gz',
    'Bob, login bob: no file was handed in with this attempt',
    'eve, login eve',
  ]);
  const [ada] = (
    await readEntries(files('hw1_ada_attempt_2026-11-19-08-00-00_a.zip', 'hw1_ada_attempt_2026-11-20-08-00-00_b.zip'))
  ).handIns;
  expect(ada).toMatchObject({ id: 'ada', source: 'hw1_ada_attempt_2026-11-20-08-00-00_b.zip' });
  expect(earlierAttempts(ada)).toMatchObject([
    { id: 'ada', source: 'hw1_ada_attempt_2026-11-19-08-00-00_a.zip', handedInLocal: '2026-11-19T08:00:00', age: 1 },
  ]);
});

test('Brightspace: an attempt whose month is not known makes the order unclear', async () => {
  const [ada] = await peopleIn(
    folders('101-9 - Ada Lovelace - 20 Nov, 2026 930', '101-9 - Ada Lovelace - 1 Dez, 2026 930'),
  );
  expect(ada).toContain('several attempts, and it is not clear which is the last');
});

test('Brightspace: the number is the student’s, and the last attempt counts', async () => {
  const { handIns } = await readEntries(
    folders(
      '27236-46025 - 23304308 Angood - 05 March 2026 612 PM',
      '27236-46025 - 23304308 Angood - 05 March 2026 1012 AM',
      '148563-46025 - Ada Lovelace - Nov 20, 2026 930 AM',
      '148564-46025 - Wei Zhang - Nov 20, 2026 1130 PM',
      '148565-46025 - Wei Zhang - Nov 20, 2026 1130 PM',
    ),
  );
  expect(handIns.map(({ source, students }) => [source, ...students])).toEqual([
    ['148563-46025 - Ada Lovelace - Nov 20, 2026 930 AM', { name: 'Ada Lovelace', ids: { brightspace: '148563' } }],
    ['148564-46025 - Wei Zhang - Nov 20, 2026 1130 PM', { name: 'Wei Zhang', ids: { brightspace: '148564' } }],
    ['148565-46025 - Wei Zhang - Nov 20, 2026 1130 PM', { name: 'Wei Zhang', ids: { brightspace: '148565' } }],
    [
      '27236-46025 - 23304308 Angood - 05 March 2026 612 PM',
      { name: 'Angood', ids: { brightspace: '27236', sid: '23304308' } },
    ],
  ]);
});

test('Autolab: the last version counts', async () =>
  expect(
    (await readEntries(files('ada@cmu.edu_1_hw.tar', 'ada@cmu.edu_12_hw.tar', 'alan@cmu.edu_2_hw.tar'))).handIns,
  ).toMatchObject([
    { email: 'ada@cmu.edu', source: 'ada@cmu.edu_12_hw.tar' },
    { email: 'alan@cmu.edu', source: 'alan@cmu.edu_2_hw.tar' },
  ]));

describe('nbgrader', () => {
  const collected = (time: string) => folderOf({ 'ps1/src/Im2MatLayer.ts': '', 'ps1/timestamp.txt': time });

  test('students are logins, and its own file says when each handed in', async () => {
    const { handIns } = await readEntries({
      ada: collected('2026-11-20 09:00:00.123456 UTC'),
      bob: collected('2026-11-20 09:00:00 Europe/Berlin\n'),
      eve: collected('2026-11-20 09:00:00.5 CET'),
      joe: collected('yesterday'),
    });
    expect(
      handIns.map(({ students, handedInAt, handedInLocal }) => [students[0].ids, handedInAt ?? handedInLocal]),
    ).toEqual([
      [{ login: 'ada' }, '2026-11-20T09:00:00.123Z'],
      [{ login: 'bob' }, '2026-11-20T08:00:00.000Z'],
      [{ login: 'eve' }, '2026-11-20T09:00:00'],
      [{ login: 'joe' }, undefined],
    ]);
  });

  test('a student’s own timestamp.txt says nothing', async () => {
    const { handIns } = await readEntries({
      ada: collected('2026-01-01 00:00:00 UTC'),
      bob: folderOf({ 'src/Im2MatLayer.ts': '' }),
      eve: folderOf({ 'src/Im2MatLayer.ts': '' }),
    });
    expect(handIns.map(({ students, handedInAt }) => [students[0].ids, handedInAt])).toEqual([
      [{}, undefined],
      [{}, undefined],
      [{}, undefined],
    ]);
  });
});

test('spaces around the name of a folder are no part of the student’s', async () =>
  expect(await peopleIn(folders('Ada ', ' Bob'))).toEqual(['Bob', 'Ada']));

test('archives of every kind and symbolic links are rows with a reason', async () => {
  const suffixes = ['rar', '7z', 'tar.xz', 'tar.bz2', 'zipx', 'tar.zst', 'gz', 'cab', 'RAR', 'zip.001', 'zip.part'];
  const entries = {
    ada: FOLDER,
    ...files(...suffixes.map((suffix) => `s-${suffix}.${suffix}`)),
    linked: LINK,
    'list.csv': '',
  };
  const people = await peopleIn(entries);
  expect(people).toHaveLength(suffixes.length + 2);
  for (const suffix of suffixes)
    expect(people).toContainEqual(expect.stringMatching(`^s-.*: s-.*: \\.${suffix} archives are not read; hand in a`));
  expect(people).toContain('linked: linked: is a symbolic link; put the folder or the archive itself there');
});

test('a link to another submission is no submission, and is named', async () => {
  const { handIns, notes } = await readEntries({ ada: FOLDER, linked: { kind: 'link', leadsTo: 'ada' } });
  expect(handIns.map(({ name }) => name)).toEqual(['ada']);
  expect(notes).toEqual(['linked is a link to another submission, and not one of its own']);
});
