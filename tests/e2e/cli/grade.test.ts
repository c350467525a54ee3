import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ScoreReport } from '../../../grader/model/report.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';
import { ROOT } from '../support/gradeFiles.ts';

const COMPLETE = join(ROOT, 'examples/complete');
const SUBMISSION = join(ROOT, 'examples/submission');

test.concurrent('a good submission is graded, printed and saved', () =>
  inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await runGrade([COMPLETE, '--only', 'im2mat'], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Score  15 of 15');
    expect(readdirSync(join(folder, 'reports/complete')).sort()).toEqual(['report.html', 'report.json']);
    expect(readFileSync(join(folder, 'reports/complete/report.html'), 'utf8')).toContain('</html>');
  }),
);

test.concurrent(
  'a mistake shows as a lost point with its counterexample, its cause and the command that replays it',
  () =>
    inFolder({}, async (folder) => {
      const first = await runGrade([SUBMISSION, '--only', 'im2mat.padding', '--seed', '5', '--json'], folder);
      expect(first.code).toBe(0);
      const [outcome] = ScoreReport.parse(JSON.parse(first.stdout)).outcomes;
      expect(outcome).toMatchObject({
        status: 'failed',
        earned: 0,
        evidence: [{ type: 'counterexample', cause: 'Py and Px are swapped' }],
      });
      expect(outcome.replay).toContain('--only im2mat.padding --seed 5');
      const again = await runGrade([SUBMISSION, '--only', 'im2mat.padding', '--seed', '5', '--json'], folder);
      const [repeated] = ScoreReport.parse(JSON.parse(again.stdout)).outcomes;
      expect(repeated.evidence).toEqual(outcome.evidence);
    }),
);

test.concurrent('fewer points than --fail-under exit with 1', () =>
  inFolder({}, async (folder) => {
    expect((await runGrade([SUBMISSION, '--only', 'im2mat', '--fail-under', '14'], folder)).code).toBe(1);
    expect((await runGrade([SUBMISSION, '--only', 'im2mat', '--fail-under', '13'], folder)).code).toBe(0);
  }),
);

test.concurrent.each([
  ['ts', 'plain TypeScript'],
  ['wasm', /^WebAssembly SIMD/],
] as const)('IM2GRADE_GEMM=%s is the backend of submission and reference, and is in the report', (name, gemm) =>
  inFolder({}, async (folder) => {
    const { code, stdout } = await runGrade([COMPLETE, '--only', 'conv2d', '--json'], folder, { IM2GRADE_GEMM: name });
    const { environment, totals } = ScoreReport.parse(JSON.parse(stdout));
    expect({ code, earned: totals.earned }).toEqual({ code: 0, earned: 20 });
    expect(environment.gemm).toMatch(gemm);
  }),
);

test.concurrent('OpenBLAS computes if the system has it, and its absence is reported in one line', () =>
  inFolder({}, async (folder) => {
    const { code, stdout, stderr } = await runGrade([COMPLETE, '--only', 'conv2d', '--json'], folder, {
      IM2GRADE_GEMM: 'openblas',
    });
    if (code === 2)
      return expect(stderr).toMatch(/^grade: IM2GRADE_GEMM=openblas: (the system has no|the package koffi)[^\n]*\n$/);
    const { environment, totals } = ScoreReport.parse(JSON.parse(stdout));
    expect({ code, earned: totals.earned, gemm: environment.gemm }).toEqual({ code: 0, earned: 20, gemm: 'OpenBLAS' });
  }),
);

test.concurrent('an unknown IM2GRADE_GEMM is refused in one line', () =>
  inFolder({}, async (folder) => {
    expect(await runGrade([COMPLETE], folder, { IM2GRADE_GEMM: 'mkl' })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'grade: IM2GRADE_GEMM=mkl: must be one of ts, wasm, openblas\n',
    });
  }),
);

test.concurrent('--help shows examples and exit codes', () =>
  inFolder({}, async (folder) => {
    const { code, stdout } = await runGrade(['--help'], folder);
    expect(code).toBe(0);
    expect(stdout).toContain('examples/submission');
    expect(stdout).toContain('Exit codes');
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  }),
);
