import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import yauzl from 'yauzl';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'reference/conv2d-gemm');
const MOTIVATION = 'question3.motivation';
const BY = ['--by', 'Grace'];
const SECONDS = 600;

const HANDED_IN = [
  'Ada X_41_assignsubmission_file',
  'Wei Zhang_42_assignsubmission_file',
  'Wei Zhang_43_assignsubmission_file',
];

/** A class of three, two of whom have one name. */
const inClass = (work: (folder: string) => Promise<void>) =>
  inFolder({}, async (folder) => {
    for (const name of HANDED_IN) {
      cpSync(SUBMISSION, join(folder, 'hw', name), { recursive: true });
      appendFileSync(join(folder, 'hw', name, 'motivation.md'), `\nby ${name}\n`);
    }
    await ok(['class', 'hw', '--assignment', 'conv2d-gemm', '--only', MOTIVATION, '--report', 'student-page'], folder);
    await work(folder);
  });

async function ok(args: readonly string[], folder: string): Promise<Run> {
  const run = await runGrade(args, folder);
  expect({ code: run.code, stderr: run.code === 0 ? '' : run.stderr }).toEqual({ code: 0, stderr: '' });
  return run;
}

const textOf = (...path: string[]): string => readFileSync(join(...path), 'utf8');

const namesInZip = (path: string): Promise<string[]> =>
  new Promise((resolve, reject) =>
    yauzl.open(path, (error, zip) => {
      if (error) return reject(error);
      const names: string[] = [];
      zip.on('entry', ({ fileName }: { fileName: string }) => names.push(fileName));
      zip.on('end', () => resolve(names.sort()));
    }),
  );

test(
  'comments, deductions and points of a filled-in template reach every form, and feedback goes back to each student',
  () =>
    inClass(async (folder) => {
      await ok(['comment', '41', 'This allocates.', '--at', 'src/Im2MatLayer.ts:12', ...BY], folder);
      await ok(['marks', 'conv2d-gemm', '--template', 'marks.csv', '--anonymous'], folder);
      const rows = textOf(folder, 'marks.csv').trimEnd().split('\n');
      expect(rows).toHaveLength(4);
      expect(rows.join('\n')).not.toMatch(/Ada|Wei/);
      // As a spreadsheet of another language saves it, with a row of its own for a student.
      const filled = rows.map((row) => row.replace(/,5,,$/u, ',5,4,good'));
      const more = ',41,deduction,,,,1,no sources';
      writeFileSync(join(folder, 'filled.csv'), `${[...filled, more].join('\r\n').replaceAll(',', ';')}\r\n`);
      expect((await ok(['marks', 'conv2d-gemm', '--read', 'filled.csv', ...BY], folder)).stdout).toBe(
        `4 marks recorded, 0 known before\nThe class’s page and table in ${join(folder, 'reports/hw')} are as before; grade class renews them\n`,
      );
      expect((await ok(['marks', 'conv2d-gemm', '--read', 'filled.csv', ...BY], folder)).stdout).toBe(
        '0 marks recorded, 4 known before\n',
      );
      const page = textOf(folder, 'reports/hw/Ada_X-41/student.html');
      for (const part of ['src/Im2MatLayer.ts:12: This allocates.', 'good', 'no sources']) expect(page).toContain(part);
      const { stdout } = await ok(['gradebook', '--csv'], folder);
      expect(stdout.split('\n').slice(1, 4).sort()).toEqual([
        'Ada X,41,,3,,0,graded,,3',
        'Wei Zhang,42,,4,,0,graded,,4',
        'Wei Zhang,43,,4,,0,graded,,4',
      ]);
      const anonymous = await ok(['gradebook', '--anonymous'], folder);
      expect(anonymous.stdout.replaceAll(/student-[0-9a-f]{8}/gu, '')).not.toMatch(/Ada|Wei|41/);
      const [pseudonym] = /student-[0-9a-f]{8}/u.exec(rows[1])!;
      expect(anonymous.stdout).toContain(pseudonym);
      expect((await ok(['history', pseudonym], folder)).stdout).toContain('good');

      await ok(['return', 'conv2d-gemm', '--out', 'feedback'], folder);
      expect(textOf(folder, 'feedback/Ada_X-41/feedback.html')).toContain('no sources');
      expect(existsSync(join(folder, 'feedback/Wei_Zhang-43/feedback.html'))).toBe(true);
      await ok(['return', 'conv2d-gemm', '--as', 'moodle', '--out', 'feedback.zip'], folder);
      expect(await namesInZip(join(folder, 'feedback.zip'))).toEqual(HANDED_IN.map((name) => `${name}_/feedback.html`));
      const returned = await ok(['return', 'conv2d-gemm', '--as', 'gradescope', '--out', 'results'], folder);
      expect(returned.stdout).toBe('Saved results: results of 3 submissions\n');
      expect(JSON.parse(textOf(folder, 'results/Ada_X-41/results.json'))).toMatchObject({ score: 3 });
    }),
  SECONDS * 1000,
);

test(
  'what is wrong is refused in one line, and nothing of it is recorded',
  () =>
    inClass(async (folder) => {
      const template = 'key,student,kind,criterion,at,of,points,note';
      writeFileSync(
        join(folder, 'wrong.csv'),
        `${template}\n,41,points,${MOTIVATION},,,3,fine\n,41,points,${MOTIVATION},,,9,more\n`,
      );
      writeFileSync(join(folder, 'whose.csv'), `${template}\nnobody,,points,${MOTIVATION},,,3,fine\n`);
      writeFileSync(join(folder, 'unnamed.csv'), `${template}\n,,deduction,,,,1,oops\n`);
      const note = ['--note', 'x', ...BY];
      const cases: [args: string[], message: RegExp][] = [
        [
          ['marks', 'conv2d-gemm', '--read', 'wrong.csv', ...BY],
          /wrong\.csv:3: 9: must be a number from 0 to 5 for question3/,
        ],
        [['marks', 'conv2d-gemm', '--read', 'whose.csv', ...BY], /whose\.csv:2: key nobody: no team of conv2d-gemm/],
        [['marks', 'conv2d-gemm', '--read', 'unnamed.csv', ...BY], /unnamed\.csv:2: no student is named/],
        [['manual', '', MOTIVATION, '3', ...note], /no student is named/],
        [['override', ' ', 'im2mat.identity', '0', ...note], /no student is named/],
        [['marks', 'conv2d-gemm'], /choose --template FILE or --read FILE/],
        [
          ['manual', 'Wei Zhang', MOTIVATION, '3', ...note],
          /Wei Zhang could be .*moodle 42.*moodle 43.*; name one by an id/,
        ],
        [['override', '41', 'im2mat.nothing', '3', ...note], /unknown criterion "im2mat\.nothing"/],
        [['deduct', '41', '1000', ...note], /1000: must be a number from 0 to 100 for the total/],
        [['comment', '41', 'x', '--at', 'src/other.ts:1', ...BY], /src\/other\.ts is not a deliverable of conv2d-gemm/],
        [['history', 'Grace'], /Grace: no student of this id, address or name in the gradebook/],
        [['gradebook', '--out', 'gradebook.txt'], /must end in \.html, \.csv or \.json/],
        [['gradebook', '--weight', 'conv2d-gemm'], /must be ASSIGNMENT=SHARE/],
        [['gradebook', '--weight', 'conv2d-gemm=40', 'modular-nets=60'], /modular-nets: nobody has handed in anything/],
        [['gradebook', '--gradebook', 'none.db'], /none\.db: no such gradebook/],
        [['regrade', 'conv2d-gemm', '--undo', ...BY], /no regrading was applied that could be undone/],
      ];
      for (const [args, message] of cases) {
        const { code, stdout, stderr } = await runGrade(args, folder);
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
        expect(stderr).toMatch(message);
        expect(stderr.trim()).not.toContain('\n');
      }
      expect((await ok(['history', '41'], folder)).stdout).not.toMatch(/points|comment|deduction/);
      expect((await ok(['gradebook', '--json'], folder)).stdout).toContain('"isWeighted":false');
    }),
  SECONDS * 1000,
);

test('every command of the gradebook has help with examples', async () => {
  for (const command of [
    'gradebook',
    'history',
    'override',
    'deduct',
    'comment',
    'marks',
    'publish',
    'join',
    'regrade',
    'return',
  ])
    await inFolder({}, async (folder) => {
      const { code, stdout } = await runGrade([command, '--help'], folder);
      expect({ command, code }).toEqual({ command, code: 0 });
      expect(stdout).toMatch(/Examples:/);
    });
});
