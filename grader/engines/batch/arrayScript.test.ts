import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arrayScript, rangesOf } from './arrayScript.ts';

test('ranges contain exactly the numbers', () =>
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50)), (numbers) => {
      const sorted = numbers.toSorted((a, b) => a - b);
      const text = rangesOf(sorted);
      const read = text.split(',').flatMap((range) => {
        const [first, last = first] = range.split('-').map(Number);
        return Array.from({ length: last - first + 1 }, (_, i) => first + i);
      });
      expect(text === '' ? [] : read).toEqual(sorted);
    }),
  ));

const options = { tasks: [0, 1, 2, 7], folder: "/course/ada's results/batch", command: ['node', 'start.mjs'] };

test('Slurm gets a node for itself only to measure speed', () => {
  const script = (pass: 'timed' | 'untimed') => arrayScript({ ...options, system: 'slurm', pass, environment: {} });
  expect(script('timed')).toContain('#SBATCH --array=0-2,7\n');
  expect(script('timed')).toContain('#SBATCH --exclusive\n');
  expect(script('untimed')).not.toContain('--exclusive');
  expect(script('untimed')).toContain(
    String.raw`exec node start.mjs batch '/course/ada'\''s results/batch' untimed "$SLURM_ARRAY_TASK_ID"`,
  );
});

test('LSF counts from 1, and tasks from 0', () => {
  const script = arrayScript({ ...options, system: 'lsf', pass: 'timed', environment: { IM2GRADE_GEMM: 'ts' } });
  expect(script).toContain('#BSUB -J "im2grade-timed[1-3,8]"\n#BSUB -n 1\n#BSUB -x\n');
  expect(script).toContain(`export IM2GRADE_GEMM=ts\nexec `);
  expect(script).toContain('"$((LSB_JOBINDEX - 1))"');
});

test.each([
  ['slurm', '#SBATCH --array=0-1,999\n', '"$((SLURM_ARRAY_TASK_ID + 2000))"'],
  ['lsf', '[1-2,1000]"\n', '"$((LSB_JOBINDEX + 1999))"'],
] as const)('an array of %s begins with the first index, whatever the tasks', (system, indices, task) => {
  const script = arrayScript({ ...options, tasks: [2000, 2001, 2999], system, pass: 'untimed', environment: {} });
  expect(script).toContain(indices);
  expect(script).toContain(task);
});
