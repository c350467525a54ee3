import { cpSync, existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openPromise } from 'yauzl';
import { ScoreReport } from '../../../grader/model/report.ts';
import { inFolder, type Run, runGrade } from '../support/runGrade.ts';

const ID = 'column-means';
const ROOMS = ['reference', 'skeleton', 'tests'];

const reportIn = (run: Run) => ScoreReport.parse(JSON.parse(run.stdout));

async function namesIn(archive: string): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of (await openPromise(archive)).eachEntry()) names.push(entry.fileName);
  return names;
}

test('a course in a folder of its own is made, graded, regraded, handed out and packed for Gradescope', () =>
  inFolder({}, async (folder) => {
    const grade = (...args: string[]) => runGrade([...args, '--course', 'homework'], folder);
    const { stdout } = await grade('new', ID, '--yes');
    expect(stdout).toContain(`Made skeleton/${ID}`);
    expect(stdout).toContain(`\ngrade homework/reference/${ID} --assignment ${ID} --course homework `);
    expect(readdirSync(join(folder, 'homework')).sort()).toEqual(ROOMS);
    expect(existsSync(join(folder, 'homework/tests', ID, 'honesty.test.ts'))).toBe(false);
    expect((await grade('assignments')).stdout).toContain(ID);

    const right = await grade(join('homework/reference', ID), '--json', '--out', 'right');
    expect(reportIn(right).totals).toMatchObject({ earned: 2, possible: 2 });
    for (const [name, room] of [
      ['ada', 'reference'],
      ['bob', 'skeleton'],
    ])
      cpSync(join(folder, 'homework', room, ID, 'src'), join(folder, 'hw', name, 'src'), { recursive: true });
    expect((await grade('class', 'hw')).stdout).toContain('hw: 2 submissions, 2 graded');
    expect((await grade('regrade', ID, '--by', 'Grace')).stdout).toBe('2 attempts unchanged\n');

    expect((await grade('release', ID, '--out', 'handout')).code).toBe(0);
    expect(existsSync(join(folder, 'handout/vendor/nn/src/index.ts'))).toBe(true);
    expect((await grade('rubric', ID, '--lint')).stdout).toBe('Nothing is unclear.\n');
    await grade('export', 'gradescope-autograder', ID, '--out', 'autograder.zip');
    const packed = await namesIn(join(folder, 'autograder.zip'));
    expect(packed).toEqual(
      expect.arrayContaining([`course/reference/${ID}/src/centre.ts`, 'im2grade/grader/cli/start.mjs']),
    );
    expect(packed.filter((name) => /\/(?:mutants|accepted)\/|conv2d-gemm\/.*suite/.test(name))).toEqual([]);
  }));

test('what a course lacks is named in one line', () =>
  inFolder({ 'empty/notes.txt': '' }, async (folder) => {
    const grade = (course: string, ...args: string[]) => runGrade([...args, '--course', course], folder);
    expect(await grade('empty', 'assignments')).toEqual({
      code: 2,
      stdout: '',
      stderr: `grade: ${join(folder, 'empty')} is no course: it has no folder skeleton/; grade new makes one\n`,
    });
    await grade('homework', 'new', ID, '--yes');
    const solution = join(folder, 'homework/reference', ID);
    renameSync(solution, join(folder, 'ada'));
    const ended = await grade('homework', 'ada');
    expect(ended).toMatchObject({
      code: 2,
      stderr: `grade: reference/${ID} is missing in ${join(folder, 'homework')}\n`,
    });
    const broken = await grade('homework', 'new', 'other', '--from', join(folder, 'empty/notes.txt'), '--yes');
    expect(broken.code).toBe(2);
    expect(readFileSync(join(folder, 'homework/skeleton', ID, 'assignment.yaml'), 'utf8')).toContain('version: 1');
  }));
