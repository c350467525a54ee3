import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { inFolder, runGrade } from '../support/runGrade.ts';
import { onSlurm, whyNoSlurm } from './slurm.ts';
import { ONLY, rowsIn, smallClass } from './smallClass.ts';

const SEED = ['--seed', '5'];
const LOCAL = ['class', 'class', ...ONLY, ...SEED, '--out', 'local', '--gradebook', 'local/gradebook.db'];
const submit = (system: string) => [
  'class',
  'class',
  ...ONLY,
  ...SEED,
  '--engine',
  system,
  '--out',
  'results',
  '--pack',
  '2',
];

/** The files of results, in their folders. */
const resultsIn = (folder: string) =>
  readdirSync(join(folder, 'results/batch/results'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gz'))
    .map((name) => join(folder, 'results/batch/results', name));

test('tasks of a batch come to the same as this process; what is missing is submitted again', () =>
  inFolder(smallClass(3), async (folder) => {
    const submitted = await runGrade(submit('slurm'), folder);
    expect(submitted).toMatchObject({ code: 0, stderr: '' });
    expect(submitted.stdout).toContain('3 jobs in 2 tasks');
    const early = await runGrade(['gradebook', 'ingest', 'results'], folder);
    expect(early).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('3 submissions have no result yet') as unknown,
    });
    const task = (number: number) => runGrade(['batch', 'results/batch', 'untimed', String(number)], folder);
    expect(await Promise.all([task(0), task(1)])).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect((await task(0)).stdout).toBe('2 of 2 results are there\n');

    rmSync(resultsIn(folder)[0]);
    const missing = await runGrade(['gradebook', 'ingest', 'results', '--missing'], folder);
    expect(missing).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 job in 1 task has no result') as unknown,
    });
    const script = readFileSync(join(folder, 'results/batch/correctness-missing.slurm'), 'utf8');
    const [, left] = /^#SBATCH --array=(\d)$/mu.exec(script)!;
    expect(await task(Number(left))).toMatchObject({ code: 0 });

    expect(await runGrade(['gradebook', 'ingest', 'results'], folder)).toMatchObject({ code: 0 });
    expect(await runGrade(LOCAL, folder)).toMatchObject({ code: 0 });
    expect(rowsIn(join(folder, 'results'))).toEqual(rowsIn(join(folder, 'local')));
    expect((await runGrade(['gradebook', 'ingest', 'results', '--missing'], folder)).stdout).toBe(
      'Nothing is missing\n',
    );
  }));

test('a result that was changed is refused, and counts for nobody', () =>
  inFolder(smallClass(2), async (folder) => {
    await runGrade(submit('lsf'), folder);
    expect(await runGrade(['batch', 'results/batch', 'untimed', '0'], folder)).toMatchObject({ code: 0 });
    const [first, second] = resultsIn(folder);
    writeFileSync(first, readFileSync(second));
    const { code, stderr } = await runGrade(['gradebook', 'ingest', 'results'], folder);
    expect(code).toBe(3);
    expect(stderr).toContain('the result of another machine cannot be used: it is of other work; grade again');
    expect(rowsIn(join(folder, 'results'))).toContainEqual(expect.objectContaining({ status: 'grader-error' }));
  }));

test('a submission that was changed on the way is not graded', () =>
  inFolder(smallClass(1), async (folder) => {
    await runGrade(submit('slurm'), folder);
    const submissions = join(folder, 'results/batch/submissions');
    const [name] = readdirSync(submissions, { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('.gz'),
    );
    writeFileSync(join(submissions, name), 'no archive');
    expect(await runGrade(['batch', 'results/batch', 'untimed', '0'], folder)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('1 grading failed') as unknown,
    });
  }));

test('a task of another version is refused', () =>
  inFolder(smallClass(1), async (folder) => {
    await runGrade(submit('slurm'), folder);
    const task = join(folder, 'results/batch/jobs/untimed-0.json');
    const other = readFileSync(task, 'utf8').replace(/"grader":"[0-9a-f]{8}/u, '"grader":"00000000');
    writeFileSync(task, other);
    const { code, stderr } = await runGrade(['batch', 'results/batch', 'untimed', '0'], folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^grade: a job of .* is not made here: it needs another version of the grader[^\n]*\n$/u);
  }));

test.each([
  [['class', 'class', '--engine', 'abacus'], 'grade: --engine abacus: must be '],
  [['gradebook', 'ingest', 'class'], 'no batch of jobs'],
  [['batch', 'class/batch', 'untimed', '0'], 'no batch of jobs'],
  [['batch', 'class', 'untimed', 'x'], 'grade: x: must be the number of a task'],
])('%j is refused in one line', (args, line) =>
  inFolder(smallClass(1), async (folder) => {
    const { code, stderr } = await runGrade(args, folder);
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(stderr).toContain(line);
  }),
);

test('a script for LSF runs each task of its array, as bsub would', () =>
  inFolder(smallClass(3), async (folder) => {
    const submitted = await runGrade(submit('lsf'), folder);
    expect(submitted.stdout).toMatch(/^ {2}bsub < \S+correctness\.lsf$/mu);
    const bsub = join(import.meta.dirname, 'fakeBsub.sh');
    const script = readFileSync(join(folder, 'results/batch/correctness.lsf'));
    const { status, stderr } = spawnSync(bsub, { cwd: folder, input: script, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await runGrade(['gradebook', 'ingest', 'results'], folder)).toMatchObject({ code: 0 });
    expect(rowsIn(join(folder, 'results'))).toMatchObject([
      ...[0, 1, 2].map(() => ({ status: 'graded' })),
      { name: 'zz', status: 'ungradable' },
    ]);
  }));

const why = whyNoSlurm();
if (why !== undefined) console.warn(`Slurm is not tested: ${why}`);
(why === undefined ? test : test.skip)(
  'three nodes of Slurm grade a class, in both arrays',
  () =>
    inFolder(smallClass(4), async (folder) => {
      const only = ['--only', 'im2mat.definition', 'speed.im2mat'];
      const args = ['class', 'class', ...only, ...SEED, '--engine', 'slurm', '--out', 'results', '--pack', '1'];
      expect(await runGrade(args, folder)).toMatchObject({ code: 0 });
      const arrays = ['correctness', 'speed'].map((name) => `sbatch --wait results/batch/${name}.slurm`);
      expect(await onSlurm(arrays.join(' && '), folder)).toBe(0);
      expect(await runGrade(['gradebook', 'ingest', 'results'], folder)).toMatchObject({
        code: 0,
        stderr: expect.not.stringContaining('no result yet') as unknown,
      });
      expect(rowsIn(join(folder, 'results'))).toMatchObject([
        ...[0, 1, 2, 3].map(() => ({ status: 'graded' })),
        { name: 'zz', status: 'ungradable' },
      ]);
    }),
  600_000,
);
