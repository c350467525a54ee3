import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { assignmentOf } from '../../tests/e2e/support/gradeFiles.ts';
import type { ScoreReport } from '../model/report.ts';
import { renderCanvas } from '../platforms/canvas/renderCanvas.ts';
import { fillMoodle } from '../platforms/moodle/fillMoodle.ts';
import { renderNbgrader } from '../platforms/nbgrader/renderNbgrader.ts';
import { renderOtter } from '../platforms/otter/renderOtter.ts';
import { type ScoreTable, scoreTableOf } from '../platforms/ScoreTable.ts';
import { exampleReport } from '../report/test/exampleReport.ts';
import { HOSTILE } from '../report/test/hostileReport.ts';
import { printableLine } from '../report/text/printable.ts';
import { readClass } from './handInsOf.ts';
import { enrol } from './roster/enrol.ts';
import type { RosterEntry } from './roster/readRoster.ts';
import { classOf, files, folderOf, folders, type Kind } from './test/classOf.ts';

const assignment = assignmentOf('conv2d-gemm');

/** The table of a class as if each submission had been graded; each has points of its own. */
async function tableOf(entries: Readonly<Record<string, Kind>>, roster?: readonly RosterEntry[]): Promise<ScoreTable> {
  const { handIns } = await readClass(classOf(entries), 'class', assignment);
  const enrolment = roster ? enrol(handIns, roster) : { handIns, absent: [] };
  const reports = enrolment.handIns.map(({ name, students }, at): ScoreReport => {
    const report = exampleReport();
    const totals = { ...report.totals, earned: at + 1, bonus: 0 };
    return { ...report, totals, submission: { ...report.submission, name, students: [...students] } };
  });
  return scoreTableOf(
    reports,
    enrolment.absent.map(({ student, message }) => ({
      ...{ name: student.name, students: [student], reason: message, isAbsent: true },
    })),
  );
}

const cells = (text: string): string[][] => parse(text, { bom: true });

const GRADESCOPE = {
  'submission_metadata.yml': `submission_11:
  :submitters:
  - {":name": "Ada Lovelace", ":sid": '0815', ":email": ada@example.org}
  - {":name": "O'Brien, Sean \\"x\\" 佐藤", ":sid": '=1+1', ":email": sean@example.org}
submission_12:
  :submitters:
  - {":name": Alan Turing, ":sid": '', ":email": alan@example.org}
`,
  ...folders('submission_11', 'submission_12'),
};

describe('Canvas finds each student by its own rules: number, SIS id, login, name', () => {
  interface CanvasStudent {
    readonly id: string;
    readonly sis?: string;
    readonly login?: string;
    readonly name?: string;
  }

  /** As `process_student` in https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb. */
  function imported(text: string, course: readonly CanvasStudent[]): (string | undefined)[] {
    const [header, possible, ...rows] = parse(text) as string[][];
    expect(header[0]).toContain('Student');
    expect(header.slice(1, 5)).toEqual(['ID', 'SIS User ID', 'SIS Login ID', 'Section']);
    expect(possible[0]).toContain('Points Possible');
    return rows.map(([name, id, sis, login, , score]) => {
      const found =
        course.find((each) => id !== '' && each.id === String(Number.parseInt(id, 10))) ??
        course.find((each) => sis !== '' && each.sis === sis) ??
        course.find((each) => login !== '' && each.login === login) ??
        course.find((each) => each.name === name);
      return found && `${found.id}: ${score}`;
    });
  }

  test('from its own download', async () => {
    const table = await tableOf(
      files('lovelaceada_101_9001_hw.zip', 'turingalan_LATE_102_9002_hw-1.zip', '佐藤美咲_103_9003_hw.zip'),
    );
    expect(cells(renderCanvas(table))[2]).toEqual(['lovelaceada', '101', '', '', '', '1']);
    expect(imported(renderCanvas(table), [{ id: '103' }, { id: '102' }, { id: '101' }])).toEqual([
      '101: 1',
      '102: 2',
      '103: 3',
    ]);
  });

  test('each member of a team, by SIS id or address', async () => {
    const table = await tableOf(GRADESCOPE);
    const course = [
      { id: '1', sis: '0815' },
      { id: '2', sis: 'x', name: `O'Brien, Sean "x" 佐藤` },
      { id: '3', login: 'alan@example.org' },
    ];
    expect(imported(renderCanvas(table), course)).toEqual(['1: 1', '2: 1', '3: 2']);
  });

  test('from folders and a roster, with those who handed in nothing', async () => {
    const roster = [
      { name: 'José Ñandú', ids: { canvas: '7', sid: '007' } },
      { name: 'Eve', ids: { canvas: '8' } },
    ];
    const table = await tableOf(folders('Jose\u0301 N\u0303andu\u0301'), roster);
    expect(imported(renderCanvas(table), [{ id: '7' }, { id: '8' }])).toEqual(['7: 1', '8: ']);
  });

  test('Excel reads names right', async () => {
    expect(renderCanvas(await tableOf(folders('José')))).toMatch(/^\ufeffStudent,ID,/);
  });
});

const sheet = (...lines: string[]) =>
  Buffer.from(
    `Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum grade","Last modified (grade)"\n${lines.map((line) => `${line},Submitted,,100.00,-\n`).join('')}`,
  );
const grades = (text: string) => cells(text).map((row) => row[5]);

describe('Moodle: by participant, by id, by address, by name', () => {
  test('two students of one name get their own points', async () => {
    const table = await tableOf(folders('Wei Zhang_41_assignsubmission_file_', 'Wei Zhang_42_assignsubmission_file_'));
    const { text, unmatched } = fillMoodle(
      sheet(
        'Participant 42,Wei Zhang,,w2@x.org',
        'Participant 141,Wei Zhang,41,',
        'Participant 41,Wei Zhang,,w1@x.org',
      ),
      table,
    );
    expect(grades(text).slice(1)).toEqual(['2', '', '1']);
    expect(unmatched).toEqual([]);
  });

  test('another participant of the same name gets nothing', async () => {
    const table = await tableOf(folders('Wei Zhang_41_assignsubmission_file_', 'Ada L_50_assignsubmission_file_'));
    const { text, unmatched } = fillMoodle(
      sheet('Participant 42,Wei Zhang,,w2@x.org', 'Participant 50,Ada L,,'),
      table,
    );
    expect(grades(text).slice(1)).toEqual(['', '1']);
    expect(unmatched).toEqual(['Wei Zhang']);
  });

  test('each member of a team', async () => {
    const { text } = fillMoodle(
      sheet('Participant 1,A. L.,0815,', 'Participant 2,S. O.,,SEAN@example.org', 'Participant 3,Alan Turing,,'),
      await tableOf(GRADESCOPE),
    );
    expect(grades(text).slice(1)).toEqual(['1', '1', '2']);
  });

  test('a number of Canvas is no participant', async () => {
    const table = await tableOf(files('lovelaceada_101_9001_hw.zip', 'turingalan_102_9002_hw.zip'));
    const worksheet = sheet('Participant 101,Eve,,', 'Participant 7,turingalan,,');
    expect(fillMoodle(worksheet, table).unmatched).toEqual(['lovelaceada']);
  });
});

test('nbgrader: a row for each member with id and address; 0 for who handed in nothing', async () => {
  const rows = cells(renderNbgrader(await tableOf(GRADESCOPE))).map((row) => [row[3], row[6], row[9]]);
  expect(rows.slice(1)).toEqual([
    ['0815', 'ada@example.org', '1'],
    ["'=1+1", 'sean@example.org', '1'],
    ['alan@example.org', 'alan@example.org', '2'],
  ]);
  const roster = [
    { name: 'Ada', ids: { login: 'ada' } },
    { name: 'Eve', ids: { login: 'eve' }, email: 'eve@x.org' },
  ];
  const [, , eve] = cells(renderNbgrader(await tableOf(folders('ada'), roster)));
  expect(eve).toEqual(['conv2d-gemm', '', '', 'eve', '', '', 'eve@x.org', '0', '0', '0', '100']);
});

test('Otter: two students of one name have two names', async () => {
  const table = await tableOf(folders('Wei Zhang_41_assignsubmission_file_', 'Wei Zhang_42_assignsubmission_file_'));
  expect(cells(renderOtter(table)).map((row) => row.at(-4))).toEqual([
    'file',
    'points-per-question',
    'Wei Zhang (41)',
    'Wei Zhang (42)',
  ]);
});

test('hostile names are one cell of one line in each table, and no formula', async () => {
  const names = [
    ...HOSTILE.filter((name) => !/[/\0\ud800]/u.test(name)),
    '=cmd|calc',
    '+1',
    '-2',
    '@SUM(A1)',
    'a,b;c"d',
  ];
  const table = await tableOf(folders(...names));
  for (const render of [renderCanvas, renderNbgrader, renderOtter]) {
    const rows = cells(render(table));
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]|[\n\p{Cc}]/u);
  }
  expect(table.rows).toHaveLength(names.length);
  expect(table.rows.map(({ name }) => printableLine(name)).every((name) => name !== '')).toBe(true);
});

describe('from a download of PrairieLearn', () => {
  const HW = ['ada@x.edu_00123_conv_345_hw.zip', "o'brien@x.edu__conv_346_hw.zip", 'eve@x.edu_=1_conv_347_hw.zip'];

  test('nbgrader and Moodle find each student by number or address', async () => {
    const table = await tableOf(files(...HW));
    expect(
      cells(renderNbgrader(table))
        .map((row) => [row[3], row[6], row[9]])
        .slice(1),
    ).toEqual([
      ['00123', 'ada@x.edu', '1'],
      ["'=1", 'eve@x.edu', '2'],
      ["o'brien@x.edu", "o'brien@x.edu", '3'],
    ]);
    const { text, unmatched } = fillMoodle(
      sheet('Participant 9,Ada L,00123,', "Participant 8,S. O.,,O'Brien@x.edu", 'Participant 7,Eve,,eve@x.edu'),
      table,
    );
    expect([grades(text).slice(1), unmatched]).toEqual([['1', '3', '2'], []]);
  });

  test('a roster of PrairieLearn gives names; a group is of all its members', async () => {
    const roster = [
      { name: '佐藤, 美咲', email: 'ada@x.edu', ids: { login: 'ada@x.edu', sid: '00123' }, team: 'team1' },
      { name: 'José Ñandú', email: 'jn@x.edu', ids: { login: 'jn@x.edu' }, team: 'Team1' },
      { name: 'team2', email: 'eve@x.edu', ids: { login: 'eve@x.edu', sid: '=1' } },
    ];
    const table = await tableOf(files('team1_1_conv_1_1_345_hw.zip', 'team2_1_conv_1_1_346_hw.zip'), roster);
    expect(table.rows.map(({ name, result }) => [name, result?.totals.earned])).toEqual([
      ['José Ñandú', 1],
      ['佐藤, 美咲', 1],
      ['team2', 2],
    ]);
  });
});

test('from folders of ILIAS’s teams: each member by login', async () => {
  const table = await tableOf({
    'Team 1': folderOf({ 'Lovelace_Ada_ada_1234/hw.zip': '', 'Muller_Jose_jm_1235/motivation.md': '' }),
    'Team 2': folderOf({ "O'Brien_Sean_sob_1236/hw.zip": '' }),
  });
  expect(
    cells(renderNbgrader(table))
      .map((row) => [row[3], row[9]])
      .slice(1),
  ).toEqual([
    ['ada', '1'],
    ['jm', '1'],
    ['sob', '2'],
  ]);
});

test('two reports of one person are refused with both', async () => {
  const roster = [{ name: 'Ada', ids: { sid: '1', login: 'al1' } }];
  await expect(tableOf(folders('1', 'al1'), roster)).rejects.toThrow(
    /^Ada and Ada are both of Ada \(sid 1\): name the report that counts, and leave out the other$/,
  );
});
