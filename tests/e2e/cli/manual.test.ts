import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ManualPoints } from '../../../grader/model/manualPoints.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const COMPLETE = join(ROOT, 'examples/complete');
const ID = 'question3.motivation';
/** Neither measured nor trained: a manual criterion, and something quick. */
const ONLY = ['--only', ID, 'im2mat.definition', '--seed', '5'];

/** `git config user.name`, on any machine. */
const GIT_USER = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.name', GIT_CONFIG_VALUE_0: 'Alan' };

const reportIn = (folder: string) => ScoreReport.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
const outcomeIn = (folder: string) => reportIn(folder).outcomes.find(({ id }) => id === ID);

test(
  'a person’s points are recorded with who and when, shown, and kept when it is graded again',
  () =>
    inFolder({}, async (folder) => {
      const reports = join(folder, 'reports/complete');
      await runGrade([COMPLETE, ...ONLY], folder);
      expect(reportIn(reports).totals).toMatchObject({ earned: 3, possible: 3, provisional: true });

      const note = ['--note', 'nothing on what failed', '--by', 'Grace Hopper'];
      const given = await runGrade(['manual', COMPLETE, ID, '3.5', ...note], folder);
      expect({ code: given.code, stderr: given.stderr }).toEqual({ code: 0, stderr: '' });
      expect(given.stdout).toContain(`${ID}: 3.5 of 5, given by Grace Hopper\nScore  6.5 of 8, `);
      const { entries } = ManualPoints.parse(JSON.parse(readFileSync(join(reports, 'manual.json'), 'utf8')));
      expect(entries).toEqual([
        expect.objectContaining({ criterion: ID, points: 3.5, note: note[1], by: 'Grace Hopper' }),
      ]);
      const settled = outcomeIn(reports);
      expect(settled).toMatchObject({ status: 'partial', earned: 3.5, reason: note[1], given: { by: 'Grace Hopper' } });
      expect(readFileSync(join(reports, 'report.html'), 'utf8')).toContain('Grace Hopper');

      const again = await runGrade([COMPLETE, ...ONLY], folder);
      expect(again.stdout).toContain('Score  6.5 of 8');
      expect(outcomeIn(reports)).toEqual(settled);

      await runGrade(['manual', 'reports/complete', ID, '5', '--note', 'as agreed'], folder, GIT_USER);
      expect(outcomeIn(reports)).toMatchObject({ status: 'passed', earned: 5, given: { by: 'Alan' } });
      await runGrade(['manual', 'reports/complete/report.json', ID, '0', '--note', 'copied', '--by', 'Alan'], folder);
      expect(outcomeIn(reports)).toMatchObject({ status: 'failed', earned: 0 });
    }),
  600_000,
);

test(
  'points of a class’s submission stay when the class is graded again',
  () =>
    inFolder({}, async (folder) => {
      const inClass = ['class', join(ROOT, 'examples'), ...ONLY, '--assignment', 'conv2d-gemm'];
      await runGrade(inClass, folder);
      const reports = join(folder, 'reports/examples');
      const ada = join(reports, 'complete');
      await runGrade(['manual', ada, ID, '4', '--note', 'good', '--by', 'Grace'], folder);
      expect(outcomeIn(ada)).toMatchObject({ earned: 4 });
      expect((await runGrade(inClass, folder)).code).toBe(0);
      expect(outcomeIn(ada)).toMatchObject({ earned: 4, given: { by: 'Grace' } });
      expect(readFileSync(join(reports, 'class.csv'), 'utf8')).toContain('complete,complete,,,graded,7,8,0,0,100,7,');
    }),
  600_000,
);

test(
  'invalid input is refused in one line, and nothing is written',
  () =>
    inFolder({}, async (folder) => {
      await runGrade([COMPLETE, ...ONLY], folder);
      const note = ['--note', 'x', '--by', 'me'];
      const cases: [args: string[], message: RegExp][] = [
        [
          [COMPLETE, 'essay.method', '3', ...note],
          /unknown criterion "essay\.method".* manual criteria of conv2d-gemm: question3/,
        ],
        [[COMPLETE, 'im2mat.definition', '3', ...note], /"im2mat\.definition" is not a manual criterion/],
        [[COMPLETE, ID, '5.5', ...note], /5\.5: must be a number from 0 to 5 for question3\.motivation/],
        [[COMPLETE, ID, '-1', ...note], /-1: must be a number from 0 to 5/],
        [[COMPLETE, ID, 'all', ...note], /all: must be a number from 0 to 5 for question3\.motivation/],
        [[COMPLETE, ID, '3', '--note', ' '], /--note: say briefly why/],
        [[COMPLETE, ID, '3', '--note', 'x', '--by', ''], /--by: say who gives the points/],
        [['nobody.zip', ID, '3', ...note], /nobody\.zip: no report in reports\/nobody; grade it first/],
      ];
      for (const [args, message] of cases) {
        const { code, stdout, stderr } = await runGrade(['manual', ...args], folder);
        expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
        expect(stderr).toMatch(message);
        expect(stderr.trim()).not.toContain('\n');
      }
      expect(existsSync(join(folder, 'reports/complete/manual.json'))).toBe(false);
    }),
  600_000,
);

test('a report inside a submission is not trusted', () =>
  inFolder({ 'ada/report.json': '{}' }, async (folder) => {
    const { code, stderr } = await runGrade(['manual', 'ada', ID, '5', '--note', 'x', '--by', 'me'], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('ada: no report in reports/ada; grade it first');
  }));

test('damaged points are never overwritten', () =>
  inFolder({ 'reports/complete/manual.json': '{"half": ' }, async (folder) => {
    const { code, stderr } = await runGrade([COMPLETE, ...ONLY], folder);
    expect(code).toBe(2);
    expect(stderr).toContain('manual.json is not JSON; repair it or move it away');
  }));

test('the help has examples', () =>
  inFolder({}, async (folder) => {
    const { code, stdout } = await runGrade(['manual', '--help'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples:\n.*manual ada\.zip/);
  }));
