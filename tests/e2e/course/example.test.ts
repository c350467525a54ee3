import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { HonestyReport } from '../../../grader/model/honestyReport.ts';
import { ProofReport } from '../../../grader/model/proofReport.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const ID = 'batch-norm';

/** Runs the command on a copy of the course, outside of the repository. */
const inCourse = (work: (folder: string, grade: (...args: string[]) => Promise<string>) => Promise<void>) =>
  inFolder({}, async (folder) => {
    cpSync(join(ROOT, 'examples/course'), join(folder, 'course'), { recursive: true });
    await work(folder, async (...args) => (await runGrade([...args, '--course', 'course', '--json'], folder)).stdout);
  });

test('the example of a course is graded', () =>
  inCourse(async (folder, grade) => {
    const scoreOf = async (submission: string) =>
      ScoreReport.parse(JSON.parse(await grade(submission, '--out', `out/${submission}`, '--seed', '1')));
    expect((await scoreOf(`course/reference/${ID}`)).totals).toMatchObject({ earned: 10, possible: 10 });
    expect((await scoreOf(`course/skeleton/${ID}`)).totals).toMatchObject({ earned: 0, possible: 10 });
    const solution = readFileSync(join(folder, 'course/reference', ID, 'src/batchNorm.ts'), 'utf8');
    cpSync(join(folder, 'course/reference', ID), join(folder, 'ada'), { recursive: true });
    writeFileSync(join(folder, 'ada/src/batchNorm.ts'), solution.replace('dgamma[d] = ofScale;', ''));
    const { outcomes } = await scoreOf('ada');
    expect(outcomes.map(({ id, status }) => [id, status])).toEqual([
      ['batch-norm.definition', 'passed'],
      ['batch-norm-backward.definition', 'failed'],
    ]);
  }));

test('the example of a course is honest', () =>
  inCourse(async (_, grade) => {
    const { checks } = HonestyReport.parse(JSON.parse(await grade('prove', ID)));
    expect(checks.flatMap(({ problems }) => problems)).toEqual([]);
  }));

test('its suites notice nearly every mistake that a machine makes, and every reason for the others holds', () =>
  inCourse(async (_, grade) => {
    const { totals, refuted } = ProofReport.parse(JSON.parse(await grade('prove', ID, '--mutate', '--sample', '40')));
    expect({ undecided: totals.undecided, refuted }).toEqual({ undecided: 0, refuted: [] });
    expect(totals.score).toBeGreaterThanOrEqual(95);
  }));
