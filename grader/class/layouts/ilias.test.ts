import { describe, expect, test } from '@jest/globals';
import { FOLDER, folderOf, folders, type Kind } from '../test/classOf.ts';
import { peopleIn, readEntries } from '../test/peopleIn.ts';

test('ILIAS: names, logins and numbers are in the names of folders', async () => {
  expect(await peopleIn(folders('Lovelace_Ada_ada_1234', 'von Neumann_John_neumann_j_1235'))).toEqual([
    'Ada Lovelace, ilias 1234, login ada',
    'John von Neumann, ilias 1235, login neumann_j',
  ]);
  const others = ['hw_ada_x_1', 'hw_bob_y_2'];
  expect(await peopleIn(folders(...others))).toEqual(others);
});

test('ILIAS: letters that ASCII has nothing like are underscores, and a mark says what is late', async () =>
  expect(
    await peopleIn({
      "O'Brien_Sean_sob_1001": FOLDER,
      __ukasz_Jan_jlukasz_1002: FOLDER,
      ____________msato_1003: folderOf({ 'Late Submission - hw.zip': '' }),
    }),
  ).toEqual([
    "Sean O'Brien, ilias 1001, login sob",
    'msato, ilias 1003, login msato (late)',
    'jlukasz, ilias 1002, login jlukasz',
  ]));

describe('ILIAS teams', () => {
  test('the members who uploaded something are in the folder of their team', async () => {
    const { handIns } = await readEntries({
      'Team 12': folderOf({
        'Lovelace_Ada_ada_1234/hw.zip': '',
        'von Neumann_John_neumann_j_1235/Verspatete Abgabe - motivation.md': '',
      }),
      'Team 7': folderOf({ 'Turing_Alan_at_1236/src/Im2MatLayer.ts': '' }),
      'list.xlsx': '',
    });
    expect(handIns.map(({ id, name, students, isLate }) => ({ id, name, students, isLate }))).toEqual([
      {
        ...{ id: 'ada+neumann_j', name: 'Ada Lovelace, John von Neumann', isLate: true },
        students: [
          { name: 'Ada Lovelace', ids: { ilias: '1234', login: 'ada' } },
          { name: 'John von Neumann', ids: { ilias: '1235', login: 'neumann_j' } },
        ],
      },
      {
        ...{ id: 'at', name: 'Alan Turing', isLate: false },
        students: [{ name: 'Alan Turing', ids: { ilias: '1236', login: 'at' } }],
      },
    ]);
  });

  test.each([
    ['folders of something else', { 'Team 1': folderOf({ 'src/a.ts': '' }), 'Team 2': folderOf({ 'src/a.ts': '' }) }],
    [
      'a student in two teams',
      {
        'Team 1': folderOf({ 'Lovelace_Ada_ada_1234/a.ts': '' }),
        'Team 2': folderOf({ 'Lovelace_Ada_ada_1234/a.ts': '', 'Turing_Alan_at_1236/a.ts': '' }),
      },
    ],
    ['empty folders', { 'Team 1': FOLDER, 'Team 2': folderOf({ 'Turing_Alan_at_1236/a.ts': '' }) }],
    ['two words', { 'Team 1': folderOf({ 'L_A_a_1234/a.ts': '' }), 'Blatt 2': folderOf({ 'T_A_at_1236/a.ts': '' }) }],
  ])('%s are no teams of ILIAS', async (_, entries: Record<string, Kind>) =>
    expect(await peopleIn(entries)).toEqual(Object.keys(entries).toSorted()),
  );
});
