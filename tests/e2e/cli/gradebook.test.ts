import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ClassReport } from '../../../grader/model/classReport.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { zipOf } from '../support/archives.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';

const SUBMISSION = join(ROOT, 'reference/conv2d-gemm');
const MOTIVATION = 'question3.motivation';
const QUICK = ['--assignment', 'conv2d-gemm', '--only', 'im2mat.identity'];
const BY_HAND = ['--assignment', 'conv2d-gemm', '--only', MOTIVATION];
const SECONDS = 600;

/** Makes submissions that differ in their motivation. */
function handIn(folder: string, ...names: string[]): void {
  for (const name of names) {
    cpSync(SUBMISSION, join(folder, name), { recursive: true });
    appendFileSync(join(folder, name, 'motivation.md'), `\nby ${name}\n`);
  }
}

const reportIn = (...path: string[]) =>
  ScoreReport.parse(JSON.parse(readFileSync(join(...path, 'report.json'), 'utf8')));
const rowsIn = (folder: string) => ClassReport.parse(JSON.parse(readFileSync(join(folder, 'class.json'), 'utf8'))).rows;

async function ok(args: readonly string[], folder: string): Promise<Run> {
  const run = await runGrade(args, folder);
  expect({ code: run.code, stderr: run.code === 0 ? '' : run.stderr }).toEqual({ code: 0, stderr: '' });
  return run;
}

test(
  'points belong to the student, not to a folder whose number moves when another student is added',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'hw/Ada X_41_assignsubmission_file', 'hw/Ada X_43_assignsubmission_file');
      await ok(['class', 'hw', ...BY_HAND], folder);
      const given = await ok(['manual', '43', MOTIVATION, '4', '--note', 'good', '--by', 'Grace'], folder);
      expect(given.stdout).toContain(`${MOTIVATION}: 4 of 5, given by Grace\nScore  4 of 5`);
      handIn(folder, 'hw/Ada X_42_assignsubmission_file');
      await ok(['class', 'hw', ...BY_HAND], folder);
      const rows = rowsIn(join(folder, 'reports/hw'));
      expect(rows.map(({ id, totals }) => [id, totals?.earned])).toEqual([
        ['41', 0],
        ['42', 0],
        ['43', 4],
      ]);
      const theirs = rows.find(({ id }) => id === '43')!.folder!;
      expect(reportIn(folder, 'reports/hw', theirs).outcomes[0]).toMatchObject({ earned: 4, given: { by: 'Grace' } });
      const sheet = await ok(['export', 'canvas', '--assignment', 'conv2d-gemm'], folder);
      expect(sheet.stdout.split('\n').filter((line) => line.startsWith('Ada X,'))).toHaveLength(3);
      expect(sheet.stdout.match(/^Ada X,.*,4$/gmu)).toHaveLength(1);
    }),
  SECONDS * 1000,
);

test(
  'a new attempt that cannot be read is one: no report and no points of the old one speak for it',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'hw/ada', 'hw/bob', 'hw/carl');
      await ok(['class', 'hw', ...QUICK, '--report', 'student-page'], folder);
      rmSync(join(folder, 'hw/ada'), { recursive: true });
      mkdirSync(join(folder, 'hw/ada'));
      writeFileSync(join(folder, 'hw/ada/hw.rar'), 'Rar!');
      rmSync(join(folder, 'hw/carl'), { recursive: true });
      const out = join(folder, 'reports/hw');
      await ok(['class', 'hw', ...QUICK], folder);
      expect(rowsIn(out).map(({ name, status }) => [name, status])).toEqual([
        ['ada', 'ungradable'],
        ['bob', 'graded'],
      ]);
      for (const name of ['report.json', 'student.html'])
        expect([name, existsSync(join(out, 'ada', name))]).toEqual([name, false]);
      expect(readFileSync(join(out, 'ada/report.html'), 'utf8')).toContain('could be graded');
      expect(readdirSync(join(out, 'ada')).sort()).toEqual(
        expect.arrayContaining(['report.earlier.html', 'report.earlier.json', 'student.earlier.html']),
      );
    }),
  SECONDS * 1000,
);

test(
  'lateness is kept when the class is graded again without its deadlines',
  () =>
    inFolder({ 'times.csv': 'student,handedIn\nada,2026-11-22T09:00Z\n' }, async (folder) => {
      handIn(folder, 'hw/ada');
      const times = ['--due', '2026-11-20T09:00Z', '--handed-in', 'times.csv'];
      await ok(['class', 'hw', ...QUICK, ...times], folder);
      const [before] = rowsIn(join(folder, 'reports/hw'));
      expect(before.totals?.late).toMatchObject({ seconds: 2 * 86_400 });
      await ok(['class', 'hw', ...QUICK], folder);
      expect(rowsIn(join(folder, 'reports/hw'))).toEqual([before]);
    }),
  SECONDS * 1000,
);

test(
  'every form of a report that is saved shows the points that a person gives',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'hw/ada');
      const command = ['class', 'hw', ...BY_HAND, '--report', 'student-page', '--report', 'junit'];
      await ok(command, folder);
      await ok(['manual', 'reports/hw/ada', MOTIVATION, '4', '--note', 'fine words', '--by', 'Grace'], folder);
      const shown = () =>
        ['report.html', 'report.json', 'student.html', 'junit.xml'].map((name) =>
          readFileSync(join(folder, 'reports/hw/ada', name), 'utf8').includes('fine words'),
        );
      expect(shown()).toEqual([true, true, true, true]);
      await ok(command, folder);
      expect(shown()).toEqual([true, true, true, true]);
    }),
  SECONDS * 1000,
);

test(
  'a renamed download and a class that is moved double nothing, and are not graded again',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'hw/Ada_41_assignsubmission_file', 'hw/Bob_42_assignsubmission_file');
      await ok(['class', 'hw', ...QUICK], folder);
      cpSync(join(folder, 'hw'), join(folder, 'renamed'), { recursive: true });
      const again = await ok(['class', 'renamed', ...QUICK], folder);
      expect(again.stderr.match(/graded before/gu)).toHaveLength(2);
      const overview = await ok(['gradebook', '--json'], folder);
      const { students } = JSON.parse(overview.stdout) as {
        students: { name: string; assignments: { attempts: number }[] }[];
      };
      expect(students.map(({ name, assignments }) => [name, assignments[0].attempts])).toEqual([
        ['Ada', 1],
        ['Bob', 1],
      ]);
    }),
  SECONDS * 1000,
);

test(
  'a single submission never takes the folder, the report or the points of another of the same name',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'ada/hw', 'bob/hw');
      await ok(['ada/hw', ...BY_HAND], folder);
      await ok(['manual', 'reports/hw', MOTIVATION, '5', '--note', 'good', '--by', 'Grace'], folder);
      const before = readFileSync(join(folder, 'reports/hw/report.json'), 'utf8');
      const refused = await runGrade(['bob/hw', ...BY_HAND], folder);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toBe(
        'grade: reports/hw has the report of another submission, ada/hw; choose another folder with --out\n',
      );
      expect(readFileSync(join(folder, 'reports/hw/report.json'), 'utf8')).toBe(before);
      await ok(['bob/hw', ...BY_HAND, '--out', 'other'], folder);
      expect(reportIn(folder, 'other/hw').totals.pending).toHaveLength(1);
    }),
  SECONDS * 1000,
);

test(
  'a name is that of the student in a class, not of a single report',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'hw/ada');
      await ok(['hw/ada', ...BY_HAND], folder);
      await ok(['class', 'hw', ...BY_HAND], folder);
      await ok(['manual', 'ada', MOTIVATION, '4', '--note', 'good', '--by', 'Grace'], folder);
      expect(existsSync(join(folder, 'reports/ada/manual.json'))).toBe(false);
      expect(reportIn(folder, 'reports/hw/ada').totals.earned).toBe(4);
      await ok(['manual', 'reports/ada', MOTIVATION, '2', '--note', 'alone', '--by', 'Grace'], folder);
      expect(reportIn(folder, 'reports/ada').totals.earned).toBe(2);
    }),
  SECONDS * 1000,
);

test(
  'one criterion again leaves a report of more criteria as it is',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'ada', 'hw/ada');
      const more = ['--assignment', 'conv2d-gemm', '--only', 'im2mat.identity', 'im2mat.definition', '--seed', '3'];
      for (const [command, out] of [
        [['ada'], 'reports/ada'],
        [['class', 'hw'], 'reports/hw/ada'],
      ] as const) {
        await ok([...command, ...more], folder);
        const before = readFileSync(join(folder, out, 'report.json'), 'utf8');
        await ok([...command, ...QUICK, '--seed', '3'], folder);
        expect(readFileSync(join(folder, out, 'report.json'), 'utf8')).toBe(before);
        expect(reportIn(folder, out).outcomes).toHaveLength(2);
        expect(existsSync(join(folder, out, 'report.only.json'))).toBe(true);
      }
    }),
  SECONDS * 1000,
);

test(
  'points that an older version kept next to a report of this work are taken over',
  () =>
    inFolder({}, async (folder) => {
      handIn(folder, 'hw/ada');
      await ok(['class', 'hw', ...BY_HAND], folder);
      const out = join(folder, 'reports/hw/ada');
      const { digest } = reportIn(out).submission;
      const entry = {
        criterion: MOTIVATION,
        points: 2,
        note: 'short',
        by: 'Grace',
        at: '2026-11-01T10:00:00Z',
        digest,
      };
      const manual = { schema: 'im2grade/manual-points', version: 1, assignment: 'conv2d-gemm', entries: [entry] };
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, 'manual.json'), JSON.stringify(manual));
      for (let run = 0; run < 2; run++) {
        await ok(['class', 'hw', ...BY_HAND], folder);
        expect(reportIn(out).totals.earned).toBe(2);
      }
    }),
  SECONDS * 1000,
);

test(
  'all attempts of one download are kept, and an earlier one counts if it is the best',
  () =>
    inFolder({ 'hw/note.txt': '' }, async (folder) => {
      const names = ['src/Im2MatLayer.ts', 'src/Conv2DLayer.ts', 'motivation.md'];
      const [solved, stubs] = [SUBMISSION, join(ROOT, 'skeleton/conv2d-gemm')].map((from) =>
        zipOf(names.map((name) => ({ name, bytes: readFileSync(join(from, name)) }))),
      );
      writeFileSync(join(folder, 'hw/ada@x.org_9_hw.zip'), solved);
      writeFileSync(join(folder, 'hw/ada@x.org_10_hw.zip'), stubs);
      const total = async () => {
        const { students } = JSON.parse((await ok(['gradebook', '--json'], folder)).stdout) as {
          students: { total: number; assignments: { attempts: number }[] }[];
        };
        return students.map(({ total, assignments: [{ attempts }] }) => [total, attempts]);
      };
      await ok(['class', 'hw', ...QUICK], folder);
      expect(await total()).toEqual([[0, 2]]);
      const earlier = join(folder, 'reports/hw/ada_x.org/attempts/1');
      expect(existsSync(earlier)).toBe(false);
      await ok(['class', 'hw', ...QUICK, '--counts', 'best'], folder);
      const [{ earned }] = reportIn(earlier).outcomes;
      expect(earned).toBeGreaterThan(0);
      expect(await total()).toEqual([[earned, 2]]);
      const rows = rowsIn(join(folder, 'reports/hw'));
      expect(rows.map(({ totals, folder }) => [totals?.earned, folder])).toEqual([[earned, 'ada_x.org/attempts/1']]);

      rmSync(join(folder, 'hw/ada@x.org_9_hw.zip'));
      expect((await ok(['class', 'hw', ...QUICK, '--counts', 'best'], folder)).stderr).toContain(
        'an attempt of an earlier download counts, and is not on the class’s page: ada@x.org; grade gradebook shows it',
      );
      expect(await total()).toEqual([[earned, 2]]);
      const exported = await ok(['export', 'canvas', 'reports/hw/class.json'], folder);
      expect(exported.stderr).toContain(
        'the gradebook counts another score of ada@x.org; grade export --assignment conv2d-gemm takes those',
      );
    }),
  SECONDS * 1000,
);
