import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { ClassReport } from '../../../grader/model/classReport.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { tarOf, zipOf } from '../support/archives.ts';
import { assignmentOf, deliverablesIn } from '../support/gradeFiles.ts';
import { gradingsIn } from '../support/gradings.ts';
import { inFolder, runGrade, startGrade } from '../support/runGrade.ts';

const assignment = assignmentOf('conv2d-gemm');
const good = Object.fromEntries(deliverablesIn(assignment, assignment.folders.reference));
const IM2MAT = 'src/Im2MatLayer.ts';

type Files = Readonly<Record<string, string>>;
const withBody = (body: string): Files => ({
  ...good,
  [IM2MAT]: good[IM2MAT].replace(/(Im2Mat\(INP[^{]*\{)/, `$1\n    ${body}`),
});
const withFirstLine = (line: string): Files => ({ ...good, [IM2MAT]: `${line}\n${good[IM2MAT]}` });
const under = (folder: string, files: Files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const entriesOf = (files: Files) => Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));

/** Every sort of submission that a class has, good and bad ones by turns. */
const CLASS = {
  ...under('class/ada', good),
  'class/archived.tgz': gzipSync(tarOf(entriesOf(good))),
  'class/bomb.zip': zipOf([
    ...entriesOf(good).slice(1),
    { name: IM2MAT, bytes: Buffer.alloc(50_000_000), claimedSize: 9 },
  ]),
  ...under('class/broken', withFirstLine('const = 3;')),
  ...under('class/crashing', withBody('const all: object[] = []; for (;;) all.push(new Array(1000).fill(all));')),
  ...under('class/empty', { 'notes.txt': 'later' }),
  'class/garbage.zip': 'no archive',
  ...under('class/hanging', withBody('for (;;);')),
  ...under('class/wrong', withBody('OUT.fill(0); return;')),
  ...under('class/zoe', withFirstLine('// the last in the list')),
};
const ONLY = ['--only', 'im2mat.definition', 'mat2im.definition'];

const reportIn = (folder: string) => ClassReport.parse(JSON.parse(readFileSync(join(folder, 'class.json'), 'utf8')));
const scores = ({ rows }: ClassReport) =>
  Object.fromEntries(rows.map(({ name, status, totals }) => [name, totals?.earned ?? status]));

const SCORES = {
  ...{ ada: 6, archived: 6, bomb: 0, broken: 0, crashing: 3, empty: 'ungradable' },
  ...{ garbage: 'ungradable', hanging: 3, wrong: 3, zoe: 6 },
};

test(
  'a class of good, broken, hanging and bomb submissions is graded to its end, and not twice',
  () =>
    inFolder(CLASS, async (folder) => {
      const first = await runGrade(['class', 'class', ...ONLY, '--seed', '5', '--jobs', '2'], folder);
      expect(first.code).toBe(0);
      expect(first.stderr.trim().split('\n')).toHaveLength(10);
      expect(first.stdout).toContain('class: 10 submissions, 8 graded (2 in part), median 3 points, 2 not');
      expect(first.stdout).toContain('garbage: ungradable: garbage.zip: not a readable zip archive');
      const out = join(folder, 'reports/class');
      expect(scores(reportIn(out))).toEqual(SCORES);
      expect(readFileSync(join(out, 'class.csv'), 'utf8').split('\n')[1]).toBe('ada,ada,,,graded,6,6,0,0,100,6,,3,3');
      expect(readFileSync(join(out, 'class.html'), 'utf8')).toContain('<a href="ada/report.html">');
      const own = ScoreReport.parse(JSON.parse(readFileSync(join(out, 'archived/report.json'), 'utf8')));
      expect(own.submission.name).toBe('archived');
      const broken = ScoreReport.parse(JSON.parse(readFileSync(join(out, 'broken/report.json'), 'utf8')));
      expect(broken.submission.unusable.map(({ reason }) => reason)).toEqual([
        expect.stringMatching(/^src\/Im2MatLayer\.ts:1:6: /),
      ]);
      expect(readFileSync(join(out, 'garbage/report.html'), 'utf8')).toMatch(
        /Nothing of this submission could be graded[^]*not a readable zip archive[^]*What to do/,
      );
      expect(existsSync(join(out, '.work'))).toBe(false);

      const again = await runGrade(['class', 'class', ...ONLY, '--seed', '5', '--jobs', '1', '--json'], folder);
      expect(again.stderr.match(/graded before/gu)).toHaveLength(8);
      expect(ClassReport.parse(JSON.parse(again.stdout))).toEqual(reportIn(out));

      const alone = await runGrade(['class', 'class', ...ONLY, '--seed', '5', '--jobs', '1', '--out', 'alone'], folder);
      // Only the one who handed in the same as another student.
      expect(alone.stderr.match(/graded before/gu)).toHaveLength(1);
      expect(readFileSync(join(folder, 'alone/class.json'), 'utf8')).toBe(
        readFileSync(join(out, 'class.json'), 'utf8'),
      );
    }),
  600_000,
);

const PEOPLE = ['ada', 'alan', 'alonzo', 'grace', 'kurt'];
const VARIED = Object.assign(
  {},
  ...PEOPLE.map((name) => under(`class/${name}`, withFirstLine(`// by ${name}`))),
) as Files;

test(
  'after SIGKILL at any moment the same command continues, to the same report',
  () =>
    inFolder(VARIED, async (folder) => {
      const args = ['class', 'class', ...ONLY, '--jobs', '2'];
      const finished = () => gradingsIn(join(folder, 'reports/gradebook.db'));
      for (const atLeast of [0, 1, 3]) {
        const { child, ended } = startGrade(args, folder);
        while (finished() < atLeast && child.exitCode === null) await sleep(20);
        await sleep(100 + 200 * atLeast);
        child.kill('SIGKILL');
        await ended;
      }
      const before = finished();
      expect(before).toBeGreaterThanOrEqual(3);
      const resumed = await runGrade(args, folder);
      expect(resumed.stderr.match(/graded before/gu)).toHaveLength(before);
      expect(finished()).toBe(PEOPLE.length);
      const report = reportIn(join(folder, 'reports/class'));
      const whole = await runGrade([...args, '--seed', String(report.seed), '--out', 'whole'], folder);
      expect(whole.code).toBe(0);
      expect(reportIn(join(folder, 'whole'))).toEqual(report);
      expect(readdirSync(join(folder, 'reports/class')).sort()).toEqual(
        [...PEOPLE, 'class.csv', 'class.html', 'class.json'].sort(),
      );
    }),
  600_000,
);

test(
  'Ctrl-C ends the class and reports how far it came; a new hand-in is graded again',
  () =>
    inFolder(VARIED, async (folder) => {
      const args = ['class', 'class', ...ONLY, '--jobs', '1'];
      const { child, ended } = startGrade(args, folder);
      child.stderr!.once('data', () => child.kill('SIGINT'));
      const { code, stderr, stdout } = await ended;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(stderr).toMatch(/^grade: interrupted; \d of 5 are done; run the same command again to continue$/mu);
      expect(existsSync(join(folder, 'reports/class/.work'))).toBe(false);
      expect(existsSync(join(folder, 'reports/class/class.json'))).toBe(false);
      const { stderr: rest } = await runGrade(args, folder);
      expect(rest).toMatch(/^1\/5 ada: 6 of 6, 94 not examined \(graded before\)/mu);
    }),
  600_000,
);

test(
  'speed is measured after everything else, one submission at a time, into the same report',
  () =>
    inFolder({ ...under('class/ada', good), ...under('class/wrong', CLASSMATE_WRONG) }, async (folder) => {
      const { stderr } = await runGrade(['class', 'class', '--only', 'im2mat.definition', 'speed.im2mat'], folder);
      // A line more says if other programs keep the cores busy.
      const graded = stderr.split('\n').filter((line) => /^[12]\/2 /.test(line));
      expect(graded).toHaveLength(4);
      const { rows } = reportIn(join(folder, 'reports/class'));
      expect(rows.map(({ criteria }) => Object.keys(criteria))).toEqual(
        Array(2).fill(['im2mat.definition', 'speed.im2mat']),
      );
      expect(rows[0].criteria['im2mat.definition'].status).toBe('passed');
      expect(rows[1].criteria['speed.im2mat']).toEqual({ status: 'failed', earned: 0 });
    }),
  600_000,
);

test('a class in an archive is graded as it is, and each report names the class as what to grade again', () => {
  const entries = entriesOf({ ...under('ada', good), ...under('bob', withBody('OUT.fill(0); return;')) });
  return inFolder({ 'class.zip': zipOf(entries) }, async (folder) => {
    const { code, stdout } = await runGrade(['class', 'class.zip', '--only', 'im2mat.definition'], folder);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('2 submissions, 2 graded') });
    const out = join(folder, 'reports/class');
    expect(scores(reportIn(out))).toEqual({ ada: 3, bob: 0 });
    const report = ScoreReport.parse(JSON.parse(readFileSync(join(out, 'ada/report.json'), 'utf8')));
    expect(report.grading.command).toMatch(/ class class\.zip /u);
  });
}, 600_000);

const CLASSMATE_WRONG = withBody('OUT.fill(0); return;');

const refused: readonly [string, Record<string, string | Buffer>, string[], RegExp][] = [
  ['a folder that is not there', {}, ['class', 'nowhere'], /^grade: nowhere: no such folder or zip archive$/],
  ['an empty folder', { 'class/list.csv': '' }, ['class', 'class'], /class: no submission found/],
  [
    'one submission',
    under('ada', good),
    ['class', 'ada'],
    /ada: is a single submission, not a folder of submissions; name the folder that contains all of them, or grade it alone: grade /,
  ],
  ['a file', { 'a.txt': '' }, ['class', 'a.txt'], /a\.txt: neither a folder nor a \.zip archive of submissions$/],
  [
    'a folder in an archive',
    { 'a.zip': zipOf(entriesOf(under('ada', good))) },
    ['class', 'a.zip/ada'],
    /a\.zip\/ada: no such folder or zip archive$/,
  ],
  ['a broken archive', { 'a.zip': 'x' }, ['class', 'a.zip'], /a\.zip: not a readable zip archive/],
  [
    'no jobs',
    under('class/ada', good),
    ['class', 'class', '--jobs', '0'],
    /--jobs 0: must be a whole number of at least 1$/,
  ],
  [
    'a strange seed',
    under('class/ada', good),
    ['class', 'class', '--seed', '-1'],
    /--seed -1: must be an integer from 0/,
  ],
  ['an unknown criterion', under('class/ada', good), ['class', 'class', '--only', 'x.y'], /unknown criterion "x\.y"/],
];

test.concurrent.each(refused)('%s is refused in one line', (_, files, args, message) =>
  inFolder(files, async (folder) => {
    const { code, stdout, stderr } = await runGrade(args, folder);
    expect(stderr.trim()).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readdirSync(folder)).not.toContain('reports');
  }),
);

test('other formats are saved with each report, even if a grading is found done', () =>
  inFolder(under('class/ada', good), async (folder) => {
    const report = join(folder, 'reports/class/ada');
    expect((await runGrade(['class', 'class', ...ONLY], folder)).code).toBe(0);
    expect(readdirSync(report).sort()).toEqual(['report.html', 'report.json']);
    const { code } = await runGrade(
      ['class', 'class', ...ONLY, '--report', 'student-page', '--report', 'junit'],
      folder,
    );
    expect(code).toBe(0);
    expect(readdirSync(report).sort()).toEqual(['junit.xml', 'report.html', 'report.json', 'student.html']);
    const refused = await runGrade(['class', 'class', '--report', 'junit=all.xml'], folder);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/junit=all\.xml: each submission gets its own file/u),
    });
  }));

test('two commands that grade into one folder: the second is refused', () =>
  inFolder(
    { ...under('class/hanging', withBody('for (;;);')), ...under('class/too', withBody('for (;;);')) },
    async (folder) => {
      const { child, ended } = startGrade(['class', 'class', '--jobs', '1', ...ONLY], folder);
      while (!existsSync(join(folder, 'reports/class/.work'))) await sleep(20);
      const second = await runGrade(['class', 'class', ...ONLY], folder);
      expect(second).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/another command is grading into this folder/u),
      });
      child.kill('SIGINT');
      await ended;
    },
  ));
