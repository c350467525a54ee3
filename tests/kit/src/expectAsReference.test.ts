import { expect, test } from '@jest/globals';
import type { Call } from '@im2grade/grader/model/examination.ts';
import { expectAsReference } from './expectAsReference.ts';
import { namedCall } from './namedCall.ts';
import { randomData } from './randomData.ts';
import type { Subject } from './Subject.ts';

const giving = (of: (x: number) => number) =>
  ({
    call: async ({ inputs }: Call) => ({ outputs: [Float64Array.from(inputs[0], of)], inputs }),
  }) as unknown as Subject;

const arrays = { inputs: { x: { n: 3 } }, outputs: { y: { n: 3 } } };
const named = namedCall('root', { N: 3 }, arrays, { real: () => Float64Array.of(4, -4, 1) });

test.each([
  ['NaN', Math.sqrt],
  ['Infinity', (x: number) => (x < 0 ? Infinity : x)],
])('if the reference itself gives %s, it is no failure of the submission', async (value, of) => {
  const error = await expectAsReference(giving(of), giving(of), named, 'y = √x').catch((one: unknown) => one as Error);
  expect(error).toMatchObject({
    name: 'Error',
    message: expect.stringContaining(
      `the reference itself gives ${value} for these inputs: root with N=3, y[n=1]; `,
    ) as unknown,
  });
});

test('inputs in the range for which the function is defined can be compared', async () => {
  const inRange = namedCall('root', { N: 3 }, { ...arrays, ranges: { x: 'not-negative' } }, randomData(1, 'root'));
  await expectAsReference(giving(Math.sqrt), giving(Math.sqrt), inRange, 'y = √x');
  await expect(expectAsReference(giving(Math.abs), giving(Math.sqrt), inRange, 'y = √x')).rejects.toMatchObject({
    name: 'CriterionFailure',
  });
});
