import { describe, expect, test } from '@jest/globals';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import { type HandIn, readClass } from './handInsOf.ts';
import { classOf, CLONE, FOLDER, files, folderOf, folders, type Kind, LINK } from './test/classOf.ts';

const assignment = assignmentOf('conv2d-gemm');

async function read(entries: Readonly<Record<string, Kind>>, name?: string) {
  return readClass(classOf(entries, name), 'class', assignment);
}

/** Each student with ids, and if late; the reason instead if there is nothing to grade. */
async function shown({ students, isLate, list }: HandIn): Promise<string> {
  const people = students.map(({ name, ids }) =>
    [name, ...Object.entries(ids).map((pair) => pair.join(' '))].join(', '),
  );
  const problem = await list().then(
    () => '',
    (error: Error) => `: ${error.message}`,
  );
  return `${people.join(' + ')}${isLate ? ' (late)' : ''}${/archives are not read|no file was|symbolic link|several attempts/.test(problem) ? problem : ''}`;
}

async function peopleIn(entries: Readonly<Record<string, Kind>>, name?: string): Promise<string[]> {
  const { handIns } = await read(entries, name);
  return Promise.all(handIns.map(shown));
}

describe('nbgrader', () => {
  const collected = (time: string) => folderOf({ 'ps1/src/Im2MatLayer.ts': '', 'ps1/timestamp.txt': time });

  test('students are logins, and its own file says when each handed in', async () => {
    const { handIns } = await read({
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
    const { handIns } = await read({
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

describe('Canvas', () => {
  test('files, texts, links, late marks and what is handed in again', async () =>
    expect(
      await peopleIn(
        files(
          'lovelaceada_101_9001_hw.zip',
          'lovelaceada_101_9010_hw-1.zip',
          'turingalan_LATE_102_9002_hw-1.zip',
          'hoppergrace_103_text.html',
          'noetheremmy_LATE_104_link.html',
          'galoisevariste_105_9005_hw.rar',
        ),
      ),
    ).toEqual([
      'galoisevariste, canvas 105: hw.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
      'hoppergrace, canvas 103: no file was handed in, only a text',
      'lovelaceada, canvas 101',
      'noetheremmy, canvas 104 (late): no file was handed in, only a link',
      'turingalan, canvas 102 (late)',
    ]));

  test('anonymous', async () =>
    expect(await peopleIn(files('anon_Xy7_9009_hw.zip', 'LATE_anon_pQ2rs_9010_hw.zip', 'anon_aB3_text.html'))).toEqual([
      'anon_pQ2rs (late)',
      'anon_Xy7',
      'anon_aB3: no file was handed in, only a text',
    ]));

  test('two students of one name, and names in any script', async () =>
    expect(
      await peopleIn(
        files(
          'zhangwei_41_9001_hw.zip',
          'zhangwei_42_9002_hw.zip',
          'm\u0075\u0308llerjose\u0301_43_9003_hw.zip',
          '佐藤美咲_44_9004_hw.zip',
          'o_brien_45_9005_hw.zip',
          'шевченкооксана_46_9006_hw.zip',
        ),
      ),
    ).toEqual([
      'müllerjosé, canvas 43',
      'o_brien, canvas 45',
      'zhangwei, canvas 41',
      'zhangwei, canvas 42',
      'шевченкооксана, canvas 46',
      '佐藤美咲, canvas 44',
    ]));

  test('one student', async () => {
    expect(await peopleIn(files('lovelaceada_101_9001_hw.zip'))).toEqual(['lovelaceada, canvas 101']);
    expect(await peopleIn(files('lovelaceada_101_9001_hw.zip', 'lovelaceada_101_9002_notes.pdf'))).toHaveLength(1);
  });
});

describe('Moodle', () => {
  test('folders and texts; two students of one name', async () =>
    expect(
      await peopleIn(
        folders(
          'Wei Zhang_41_assignsubmission_file_',
          'Wei Zhang_42_assignsubmission_file',
          'Grace Hopper_43_assignsubmission_onlinetext_',
          'Emmy Noether_44_assignsubmission_file_',
          'Emmy Noether_44_assignsubmission_onlinetext_',
          'José 2026_11 Ñandú_45_assignsubmission_file_',
          'Participant_46_assignsubmission_file_',
        ),
      ),
    ).toEqual([
      'Emmy Noether, moodle 44',
      'Grace Hopper, moodle 43: no file was handed in, only a text',
      'José 2026_11 Ñandú, moodle 45',
      'Participant 46, moodle 46',
      'Wei Zhang, moodle 41',
      'Wei Zhang, moodle 42',
    ]));

  test('files, also of a kind that is not read', async () =>
    expect(
      await peopleIn(files('Ada L_31_assignsubmission_file_hw.zip', 'Al T_32_assignsubmission_file_hw.7z')),
    ).toEqual([
      'Ada L, moodle 31',
      'Al T, moodle 32: hw.7z: .7z archives are not read; hand in a .zip, .tar or .tar.gz',
    ]));
});

describe('Moodle, if groups hand in', () => {
  const items = (...names: string[]) => folders(...names.map((name) => `${name}_assignsubmission_file_`));

  test('each member has a folder with the group before the name', async () =>
    expect(
      await peopleIn(
        items('Group 1-Ada Lovelace_31', 'Group 1-Jean-Luc Picard_32', 'Group 2-Eve_33', 'Group 3-Participant_34'),
      ),
    ).toEqual([
      'Ada Lovelace, moodle 31',
      'Jean-Luc Picard, moodle 32',
      'Eve, moodle 33',
      'Participant 34, moodle 34',
    ]));

  test('first names with hyphens are no groups', async () =>
    expect(await peopleIn(items('Jean-Luc Picard_31', 'Anna-Lena K_32', 'Jean-Paul S_33'))).toEqual([
      'Anna-Lena K, moodle 32',
      'Jean-Luc Picard, moodle 31',
      'Jean-Paul S, moodle 33',
    ]));

  test('the number of a group is no participant’s', async () => {
    expect(await peopleIn(items('Group 1_31', 'Group 2_32'))).toEqual(['Group 1', 'Group 2']);
    expect(await peopleIn(items('Red_31', 'Blue_32', 'Default group'))).toEqual(['Blue', 'Default group', 'Red']);
    expect(await peopleIn(items('Ada L_31'))).toEqual(['Ada L, moodle 31']);
  });
});

describe('Gradescope', () => {
  const entry = (number: number, submitters: string) =>
    `submission_${number}:\n  :created_at: 2026-11-20 09:00:00 Z\n  :submitters:${submitters}\n`;
  const ada = "\n  - :name: Ada Lovelace\n    :sid: '0815'\n    :email: ada@example.org";
  const export_ = (metadata: string) =>
    read({ 'submission_metadata.yml': metadata, ...folders('submission_11', 'submission_12') });

  test.each([
    ['nobody', ''],
    ['an empty list', ' []'],
    ['something else', ' 12'],
  ])('a hand-in with %s as submitters is known by its own number, and the others stay', async (_, submitters) => {
    const { handIns, notes } = await export_(entry(11, ada) + entry(12, submitters));
    expect(handIns).toMatchObject([
      { id: '0815', name: 'Ada Lovelace', handedInAt: '2026-11-20T09:00:00.000Z' },
      { id: 'submission_12', name: 'submission_12', handedInAt: '2026-11-20T09:00:00.000Z' },
    ]);
    expect(notes).toEqual(['submission_metadata.yml names nobody for submission_12']);
  });

  test('any valid YAML: anchors, flow style, tags, unquoted numbers, comments, a mark', async () => {
    const metadata = `\ufeff--- !ruby/hash # exported
submission_11: {":created_at": &at "2026-11-20 09:00:00 Z", ":submitters": [&ada {":name": 'Ada', ":sid": 0012}]}
submission_12:
  :created_at: *at
  ? :submitters
  : - *ada
    - <<: {":name": "Null", ":email": ~}
      :sid: null
...
`;
    const { handIns } = await export_(metadata);
    expect(handIns.map(({ students }) => students)).toEqual([
      [{ name: 'Ada', ids: { sid: '0012' } }],
      [
        { name: 'Ada', ids: { sid: '0012' } },
        { name: 'Null', ids: {} },
      ],
    ]);
  });

  test('40 MB of results beside the names', async () => {
    const results = `  :results:\n    output: "${'x '.repeat(1000)}\n      y"\n`.repeat(100).replaceAll('results', 'r');
    const many = Array.from({ length: 200 }, (_, at) => entry(at + 100, ada.replace('0815', `${at}`)) + results);
    const { handIns, notes } = await export_(entry(11, ada) + many.join('') + entry(12, ''));
    expect(handIns.map(({ id }) => id)).toEqual(['0815', 'submission_12']);
    expect(notes).toEqual([
      'submission_metadata.yml names nobody for submission_12',
      expect.stringMatching(/has submissions that are not in the download: submission_100, .* and 195 more$/u),
    ]);
  }, 60_000);

  test('metadata that cannot be read is named, and the hand-ins are known by their numbers', async () => {
    const { handIns, notes } = await export_('submission_11: [');
    expect(handIns.map(({ id }) => id)).toEqual(['submission_11', 'submission_12']);
    expect(notes[0]).toMatch(
      /^submission_metadata\.yml: is not the YAML that Gradescope writes; students are known by/,
    );
  });
});

describe('GitHub Classroom', () => {
  const clones = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, CLONE]));
  const users = async (names: readonly string[], folder?: string) =>
    (await read(clones(...names), folder)).handIns.map(({ students: [{ ids }] }) => ids.github);

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
    'Bob, login bob: no file was handed in with the last attempt',
    'eve, login eve',
  ]);
  const [ada] = (
    await read(files('hw1_ada_attempt_2026-11-19-08-00-00_a.zip', 'hw1_ada_attempt_2026-11-20-08-00-00_b.zip'))
  ).handIns;
  expect(ada).toMatchObject({ id: 'ada', source: 'hw1_ada_attempt_2026-11-20-08-00-00_b.zip' });
});

test('Brightspace: the number is the student’s, and the last attempt counts', async () => {
  const { handIns } = await read(
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
    const { handIns } = await read({
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

describe('PrairieLearn', () => {
  const idsOf = async (entries: Record<string, Kind>) =>
    (await read(entries)).handIns.map(({ students, source }) => [source, ...students]);

  test('the last submission of each student counts, with all of its files', async () => {
    const { handIns } = await read(
      files(
        'ada@x.edu_1_conv_1_1_340_hw.zip',
        'ada@x.edu_1_conv_1_2_351_Im2MatLayer.ts',
        'ada@x.edu_1_conv_1_2_351_Conv2DLayer.ts',
        'first_last@cs.x.edu_1_conv_1_1_345_hw_1_2_3_a.zip',
        'scores.csv',
      ),
    );
    expect(handIns.map(({ email, students }) => [email, students])).toEqual([
      ['ada@x.edu', [{ name: 'ada@x.edu', email: 'ada@x.edu', ids: {} }]],
      ['first_last@cs.x.edu', [{ name: 'first_last@cs.x.edu', email: 'first_last@cs.x.edu', ids: {} }]],
    ]);
    const { entries } = await handIns[0].list();
    expect(entries.map(({ path }) => path).toSorted()).toEqual(['Conv2DLayer.ts', 'Im2MatLayer.ts']);
  });

  test('digits and underscores in the names of the question and of files', async () => {
    const { handIns } = await read(
      files(
        'ada@x.edu_1_conv_1_1_1_345_7_x.rar',
        'al@x.edu_2_conv_1_1_3_346_8_9_y.rar',
        'eve@x.edu_1_conv_1_2_1_347_z.rar',
      ),
    );
    expect(await Promise.all(handIns.map(shown))).toEqual([
      'ada@x.edu: 7_x.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
      'al@x.edu: 8_9_y.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
      'eve@x.edu: z.rar: .rar archives are not read; hand in a .zip, .tar or .tar.gz',
    ]);
  });

  test('files for manual grading have the university’s number, which may be missing or begin with zeros', async () =>
    expect(
      await idsOf(
        files('ada@x.edu_00123_conv_345_hw.zip', 'al@x.edu_00124_conv_346_hw.zip', 'eve@x.edu__conv_347_hw.zip'),
      ),
    ).toEqual([
      ['ada@x.edu_00123_conv_345_hw.zip', { name: 'ada@x.edu', email: 'ada@x.edu', ids: { sid: '00123' } }],
      ['al@x.edu_00124_conv_346_hw.zip', { name: 'al@x.edu', email: 'al@x.edu', ids: { sid: '00124' } }],
      ['eve@x.edu__conv_347_hw.zip', { name: 'eve@x.edu', email: 'eve@x.edu', ids: {} }],
    ]));

  test('groups', async () => {
    const groups = files('team1_1_conv_1_1_345_hw.zip', 'team1_1_conv_1_2_349_hw.zip', 'team2_1_conv_1_1_347_hw.zip');
    expect(await peopleIn(groups)).toEqual(['team1', 'team2']);
    expect(await peopleIn(files('team1_conv_345_a.ts', 'team1_conv_345_b.ts', 'team2_conv_346_b.ts'))).toEqual([
      'team1',
      'team2',
    ]);
  });

  test('a slash in the name of the question or of a file makes folders', async () => {
    const inQuestion = (number: number, ...names: string[]) =>
      folderOf(Object.fromEntries(names.map((name) => [`conv_1_${number}_34${number}_${name}`, ''])));
    const { handIns } = await read({
      'ada@x.edu_1_hw': folderOf({ 'conv_1_1_345_a.zip': '', 'conv_1_2_346_src/Im2MatLayer.ts': '' }),
      'al@x.edu_1_hw': inQuestion(7, 'Im2MatLayer.ts', 'Conv2DLayer.ts'),
    });
    expect(handIns.map(({ name }) => name)).toEqual(['ada@x.edu', 'al@x.edu']);
    const paths = await Promise.all(handIns.map(async ({ list }) => (await list()).entries.map(({ path }) => path)));
    expect(paths).toEqual([['src/Im2MatLayer.ts'], ['Im2MatLayer.ts', 'Conv2DLayer.ts']]);
  });

  test.each([
    ['Autolab', ['ada@x.edu_1_lab_1_2_3_hw.tar', 'ada@x.edu_12_lab_1_2_3_hw.tar', 'al@x.edu_2_lab_1_2_3_hw.tar']],
    ['one number of two students', ['ada@x.edu_1_conv_1_1_345_hw.zip', 'al@x.edu_1_conv_1_1_345_hw.zip']],
  ])('%s is something else', async (_, names) => {
    const { handIns } = await read(files(...names));
    expect(handIns.map(({ source }) => source)).toEqual(names.slice(-2));
  });

  test.each([
    ['dates', ['ada_1_hw_20_11_2026_x.zip', 'bob_1_hw_21_11_2026_x.zip']],
    ['dates the other way round', ['ada_1_hw_2026_11_20_x.zip', 'bob_1_hw_2026_11_21_x.zip']],
    ['numbers of students', ['ada_hw_1234_final.zip', 'bob_hw_1235_final.zip']],
  ])('archives that are named with %s are one student each', async (_, names) =>
    expect(await peopleIn(files(...names))).toEqual(names.map((name) => name.replace('.zip', ''))),
  );
});

test('Autolab: the last version counts', async () =>
  expect(
    (await read(files('ada@cmu.edu_1_hw.tar', 'ada@cmu.edu_12_hw.tar', 'alan@cmu.edu_2_hw.tar'))).handIns,
  ).toMatchObject([
    { email: 'ada@cmu.edu', source: 'ada@cmu.edu_12_hw.tar' },
    { email: 'alan@cmu.edu', source: 'alan@cmu.edu_2_hw.tar' },
  ]));

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
  const { handIns, notes } = await read({ ada: FOLDER, linked: { kind: 'link', leadsTo: 'ada' } });
  expect(handIns.map(({ name }) => name)).toEqual(['ada']);
  expect(notes).toEqual(['linked is a link to another submission, and not one of its own']);
});
