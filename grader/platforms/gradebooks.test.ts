import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { ScoreReport } from '../model/report.ts';
import { exampleReport } from '../report/test/exampleReport.ts';
import { HOSTILE } from '../report/test/hostileReport.ts';
import { printableLine } from '../report/text/printable.ts';
import { fillMoodle } from './moodle/fillMoodle.ts';
import { scoreTableOf } from './ScoreTable.ts';
import { participantsOf } from './participantsOf.ts';
import { pendingNotes } from './pendingNotes.ts';
import { renderCanvas } from './canvas/renderCanvas.ts';
import { renderNbgrader } from './nbgrader/renderNbgrader.ts';
import { renderOtter } from './otter/renderOtter.ts';

const NAMES = [
  ...HOSTILE,
  'Lovelace, Ada',
  '"quoted"; a;b',
  '=HYPERLINK("https://example.com")',
  '+1',
  '-2',
  '@SUM(A1)',
  '\t=1',
  '|calc',
];

function reportOf(name: string): ScoreReport {
  const report = exampleReport();
  return { ...report, submission: { ...report.submission, name } };
}
const gradebook = scoreTableOf(NAMES.map(reportOf));
const cells = (text: string): string[][] => parse(text);
/** The name as it is shown, without the apostrophe that keeps a spreadsheet from evaluating it. */
const bare = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '');

describe.each([
  ['nbgrader', renderNbgrader, 3],
  ['otter', renderOtter, exampleReport().outcomes.length],
  ['canvas', renderCanvas, 0],
] as const)('%s', (name, render, nameColumn) => {
  const [header, ...rows] = cells(render(gradebook));
  const students = rows.slice(name === 'nbgrader' ? 0 : 1);

  test('has a row per submission and the same columns in each', () => {
    expect(students).toHaveLength(NAMES.length);
    expect(students.map((row) => bare(row[nameColumn])).sort()).toEqual(
      NAMES.map((each) => printableLine(each).trim()).sort(),
    );
    for (const row of rows) expect(row).toHaveLength(header.length);
  });

  test('no cell is a formula', () => {
    for (const cell of [header, ...rows].flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  test('a submission is one line', () => expect(render(gradebook).trimEnd().split('\n')).toHaveLength(rows.length + 1));
});

test('nbgrader: the columns of its own export, and score = raw_score − penalty', () => {
  const [header, row] = cells(renderNbgrader(scoreTableOf([reportOf('ada')])));
  expect(header.join()).toBe(
    'assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score',
  );
  expect(row).toEqual(['conv2d-gemm', '', '2026-11-21T09:30:00.000Z', 'ada', '', '', '', '49.2', '0', '49.2', '100']);
});

test('otter: maxima first, then by name; shares to four decimals; the status lists what is pending', () => {
  const [header, maxima, ada, zoe] = cells(renderOtter(scoreTableOf(['zoe', 'ada'].map(reportOf))));
  expect(header.slice(-4)).toEqual(['file', 'percent_correct', 'total_points_earned', 'grading_status']);
  expect(maxima.slice(0, 2)).toEqual(['6', '4']);
  expect(maxima.slice(-4)).toEqual(['points-per-question', '', '100', '']);
  expect(ada.slice(-4)).toEqual(['ada', '0.492', '49.2', 'Pending: speed.scaling 15, accuracy.motivation 3']);
  expect(zoe.at(-4)).toBe('zoe');
});

describe('canvas', () => {
  const canvas = (name: string) => cells(renderCanvas(scoreTableOf([reportOf(name)])));

  test('the header and the row of points are what its importer looks for', () => {
    const [header, possible] = canvas('ada');
    expect(header[0]).toContain('Student');
    expect(header[1]).toContain('ID');
    expect(header.slice(2, 4)).toEqual(['SIS User ID', 'SIS Login ID']);
    expect(header[4]).toContain('Section');
    expect(possible[0]).toMatch(/^ {4}Points Possible$/);
    expect(possible[5]).toBe('100');
  });

  test('a student is known by the number in the name of the download, else by login', () => {
    expect(canvas('lovelaceada_LATE_4711_99_conv.zip')[2]).toEqual(['lovelaceada', '4711', '', '', '', '49.2']);
    expect(canvas('ada')[2]).toEqual(['ada', '', '', 'ada', '', '49.2']);
    expect(canvas('12345678')[2]).toEqual(['12345678', '', '', '12345678', '', '49.2']);
  });
});

describe('moodle', () => {
  const WORKSHEET = [
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"',
    'Participant 7,"Lovelace, ""Ada""",=s1,ada@example.org,Submitted,,100.00,Yes,"Monday, 1 November 2026, 9:00 AM",-,',
    'Participant 17,Alan Turing,s2,alan@example.org,Submitted,5.00,100.00,Yes,-,"Monday, 1 November 2026, 9:00 AM","<p>kept</p>"',
    'Participant 71,Alan Turing,s3,turing@example.org,Submitted,,100.00,Yes,-,-,',
    '',
  ].join('\r\n');
  const fill = (names: readonly string[], worksheet = WORKSHEET, column?: string) =>
    fillMoodle(Buffer.from(worksheet), scoreTableOf(names.map(reportOf)), column);

  test('grades and empty feedback are filled in, and nothing else changes', () => {
    const { text, unmatched } = fill(['Alan Turing_17_assignsubmission_file_', 'ADA@example.org', 'nobody']);
    const expected = cells(WORKSHEET);
    expected[1][5] = '49.2';
    expected[1][10] = '44.2 of 82, 18 pending: scaling 15, motivation 3';
    expected[2][5] = '49.2';
    expect(cells(text)).toEqual(expected);
    expect(unmatched).toEqual(['nobody']);
  });

  test('a byte order mark stays', () => {
    expect(fill(['s2'], `\ufeff${WORKSHEET}`).text.startsWith('\ufeffIdentifier,')).toBe(true);
    expect(fill(['s2']).text.startsWith('Identifier,')).toBe(true);
  });

  test('a name that two students share matches neither', () =>
    expect(fill(['s2', 'Alan Turing']).unmatched).toEqual(['Alan Turing']));

  test('the column may have its name in another language', () =>
    expect(cells(fill(['s3'], WORKSHEET.replace(',Grade,', ',Bewertung,'), 'Bewertung').text)[3][5]).toBe('49.2'));

  test.each([
    [
      'another language',
      ['s2'],
      WORKSHEET.replace(',Grade,', ',Note,'),
      /no column "Grade"; it has: .*Note.*--grade-column/,
    ],
    [
      'a different maximum',
      ['s2'],
      WORKSHEET.replaceAll('100.00', '10.00'),
      /maximum is 10\.00, the assignment's 100 points/,
    ],
    [
      'a different maximum in other capitals',
      ['s2'],
      WORKSHEET.replace('Maximum grade', 'maximum Grade').replaceAll('100.00', '10.00'),
      /maximum is 10\.00, the assignment's 100 points/,
    ],
    [
      'a different maximum in another language',
      ['s2'],
      WORKSHEET.replace('Maximum grade', 'Höchstwert')
        .replaceAll('100.00', '10,00')
        .replaceAll(/,10,00/gu, ',"10,00"'),
      /maximum is 10,00, the assignment's 100 points/,
    ],
    ['nobody', ['x'], WORKSHEET, /x does not match any participant of the worksheet/],
    ['the same student twice', ['s2', 'alan@example.org'], WORKSHEET, /s2 and alan@example.org are the same student/],
    ['no CSV', ['s2'], 'a,"b\n', /the worksheet is not CSV: line \d: a cell begins with a quotation mark/],
    ['nothing', ['s2'], '', /no column "Grade"; it has: none/],
  ])('%s is refused in one line', (_, names, worksheet, message) => {
    expect(() => fill(names, worksheet)).toThrow(message);
  });

  test.each<[string, (commas: string) => Uint8Array]>([
    ['with semicolons', (commas) => Buffer.from(commas.replaceAll(',', ';'))],
    ['with a line that names the semicolon', (commas) => Buffer.from(`sep=;\r\n${commas.replaceAll(',', ';')}`)],
    ['with tabs, in UTF-16', (commas) => Buffer.from(`\ufeff${commas.replaceAll(',', '\t')}`, 'utf16le')],
  ])('a worksheet that a spreadsheet has saved %s is filled in as Moodle writes it', (_, saved) => {
    const sheet = 'Identifier,Full name,Status,Grade,Maximum grade\r\nParticipant 7,José,Submitted,,100\r\n';
    const { text } = fillMoodle(saved(sheet), scoreTableOf([reportOf('José')]));
    expect(text).toBe('Identifier,Full name,Status,Grade,Maximum grade\nParticipant 7,José,Submitted,49.2,100\n');
  });

  test('points above the maximum are cut to it', () => {
    const report = reportOf('s2');
    report.totals = { ...report.totals, earned: 100, bonus: 3, all: 100 };
    expect(cells(fillMoodle(Buffer.from(WORKSHEET), scoreTableOf([report])).text)[2][5]).toBe('100');
  });
});

describe('reports without students are known by their names', () => {
  const students = (...names: string[]) => [...participantsOf(names).values()];

  test('a name says who a download belongs to', () => {
    expect(students('Ada Lovelace_123_assignsubmission_file_')).toEqual([
      { name: 'Ada Lovelace', ids: { moodle: '123' } },
    ]);
    expect(students('lovelaceada_12_345_im2mat.zip')).toEqual([{ name: 'lovelaceada', ids: { canvas: '12' } }]);
    expect(students('ada_lovelace.zip')).toEqual([{ name: 'ada_lovelace', ids: {} }]);
  });

  test('dates and counters in names are nobody’s number', () => {
    const names = ['hw1_2026_11_ada.zip', 'ada_2026_11_20_hw.zip', 'cs231_2026_1_bob', 'team_3_2_final.zip'];
    for (const name of names) expect(students(name)).toEqual([{ name: name.replace('.zip', ''), ids: {} }]);
    expect(students(...names).map(({ ids }) => ids)).toEqual([{}, {}, {}, {}]);
  });
});

test('pending points are reported by criterion', () =>
  expect(pendingNotes(scoreTableOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(reportOf)))).toEqual([
    'pending, not in the exported scores: speed.scaling, 15 for a, b, c, d, e and 2 more',
    'pending, not in the exported scores: accuracy.motivation, 3 for a, b, c, d, e and 2 more',
  ]));

test('reports of different assignments are not merged into a gradebook', () => {
  const other = reportOf('b');
  other.assignment = { ...other.assignment, version: 2 };
  expect(() => scoreTableOf([reportOf('a'), other])).toThrow('b is graded as conv2d-gemm, version 2, a as');
  expect(() => scoreTableOf([])).toThrow('no report was named');
});
