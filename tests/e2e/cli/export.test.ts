import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hostileReport } from '../../../grader/report/test/hostileReport.ts';
import { exampleReport } from '../../../grader/report/test/exampleReport.ts';
import { toJson } from '../../../grader/report/json/writeJson.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const COMPLETE = join(ROOT, 'examples/complete');
const ONE = ['--only', 'im2mat.identity'];
const REPORT = toJson(exampleReport());
/** The example as handed in by several students. */
const reports = (...names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => {
      const report = exampleReport();
      return [`${name}.json`, toJson({ ...report, submission: { ...report.submission, name } })];
    }),
  );

test.concurrent('--report saves other formats next to the report or in a given file, and nothing else', () =>
  inFolder({}, async (folder) => {
    const forms = ['--report', 'junit', '--report', 'gradescope=out/results.json', '--report', 'canvas=canvas.csv'];
    const { code, stdout, stderr } = await runGrade([...forms, COMPLETE, ...ONE], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/ reports\/complete\/junit\.xml\n +out\/results\.json\n +canvas\.csv\n/);
    expect(readdirSync(folder).sort()).toEqual(['canvas.csv', 'out', 'reports']);
    expect(readdirSync(join(folder, 'reports/complete')).sort()).toEqual(['junit.xml', 'report.html', 'report.json']);
    expect(JSON.parse(readFileSync(join(folder, 'out/results.json'), 'utf8'))).toMatchObject({ score: 1 });
  }),
);

test.concurrent('an unknown format is refused before anything is graded', () =>
  inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await runGrade([COMPLETE, '--report', 'xunit=a.xml'], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^grade: --report xunit=a\.xml: unknown format "xunit"; available: json, junit, [^\n]*\n$/);
    expect(readdirSync(folder)).toEqual([]);
  }),
);

test.concurrent('if a submission cannot be graded, importers that wait for a result get one', () =>
  inFolder({ 'hand-in/src/Im2MatLayer.ts': 'x' }, async (folder) => {
    const forms = ['--report', 'gradescope=g.json', '--report', 'prairielearn=p.json', '--report', 'canvas=c.csv'];
    const { code, stderr } = await runGrade(['hand-in', ...forms], folder);
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    const message = expect.stringContaining('src/Im2MatLayer.ts: does not export Im2MatLayer');
    expect(JSON.parse(readFileSync(join(folder, 'g.json'), 'utf8'))).toMatchObject({ score: 0, output: message });
    expect(JSON.parse(readFileSync(join(folder, 'p.json'), 'utf8'))).toMatchObject({ gradable: false });
    expect(readdirSync(folder).sort()).toEqual(['g.json', 'hand-in', 'p.json']);
  }),
);

test.concurrent('bad usage does not give a student zero points', () =>
  inFolder({}, async (folder) => {
    const { code } = await runGrade([COMPLETE, '--only', 'im2mat.colour', '--report', 'gradescope=g.json'], folder);
    expect({ code, files: readdirSync(folder) }).toEqual({ code: 2, files: [] });
  }),
);

test.concurrent('a saved report is converted to another format, on standard output or in a file', () =>
  inFolder({ 'ada.json': REPORT, 'mallory.json': toJson(hostileReport()) }, async (folder) => {
    const printed = await runGrade(['export', 'junit', 'ada.json'], folder);
    expect(printed.code).toBe(0);
    expect(printed.stderr).toMatch(
      /^grade: pending, not in the exported scores: speed\.scaling, 15 for lovelace-noether$/m,
    );
    expect(printed.stdout).toMatch(/^<\?xml /);
    const saved = await runGrade(['export', 'junit', 'ada.json', '--out', 'deep/junit.xml'], folder);
    expect(saved).toEqual({ code: 0, stdout: '', stderr: printed.stderr });
    expect(readFileSync(join(folder, 'deep/junit.xml'), 'utf8')).toBe(printed.stdout);
    const hostile = await runGrade(['export', 'autolab', 'mallory.json'], folder);
    expect(JSON.parse(hostile.stdout.trimEnd().split('\n').at(-1)!)).toHaveProperty('scores');
  }),
);

test.concurrent('a gradebook of several reports, with a note on pending points', () =>
  inFolder(reports('ada', 'alan'), async (folder) => {
    const { code, stdout, stderr } = await runGrade(['export', 'canvas', 'ada.json', 'alan.json'], folder);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(4);
    expect(stderr.split('\n')[0]).toBe('grade: pending, not in the exported scores: speed.scaling, 15 for ada, alan');
  }),
);

test.concurrent('a worksheet of Moodle is filled in', () =>
  inFolder(
    {
      ...reports('ada', 'eve'),
      'sheet.csv': 'Identifier,Full name,Grade,Last modified (grade)\nParticipant 1,Ada,,-\n',
    },
    async (folder) => {
      const args = ['export', 'moodle', 'ada.json', 'eve.json', '--worksheet', 'sheet.csv', '--out', 'filled.csv'];
      const { code, stderr } = await runGrade(args, folder);
      expect(code).toBe(0);
      expect(stderr).toContain('grade: not in the worksheet, left out: eve\n');
      expect(readFileSync(join(folder, 'filled.csv'), 'utf8')).toContain('Participant 1,Ada,49.2,-');
    },
  ),
);

const refused: readonly [string, string[], RegExp][] = [
  ['an unknown format', ['xunit', 'ada.json'], /unknown format "xunit"; available: json, .*gradescope-autograder/],
  ['a report that is not there', ['junit', 'eve.json'], /eve\.json cannot be read: no such file/],
  ['a file that is not a report', ['junit', 'notes.txt'], /notes\.txt is not JSON/],
  [
    'several reports for a format of one',
    ['junit', 'ada.json', 'ada.json'],
    /junit takes a single report; 2 were named/,
  ],
  ['no worksheet', ['moodle', 'ada.json'], /name the grading worksheet .* with --worksheet/],
  [
    'a worksheet for another format',
    ['junit', 'ada.json', '--worksheet', 'x'],
    /--worksheet and --grade-column are for moodle/,
  ],
  ['an unknown assignment', ['gradescope-autograder', 'conv9', '-o', 'a.zip'], /unknown assignment "conv9"/],
  ['an archive to nowhere', ['gradescope-autograder', 'conv2d-gemm'], /name the archive with --out/],
];

test.concurrent.each(refused)('%s is refused in one line', (_, args, message) =>
  inFolder({ 'ada.json': REPORT, 'notes.txt': 'x' }, async (folder) => {
    const { code, stdout, stderr } = await runGrade(['export', ...args], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(['ada.json', 'notes.txt']);
  }),
);

test.concurrent('grade schema prints the committed schema', () =>
  inFolder({}, async (folder) => {
    const { code, stdout } = await runGrade(['schema'], folder);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: readFileSync(join(ROOT, 'docs/schema/score-report.schema.json'), 'utf8'),
    });
  }),
);
