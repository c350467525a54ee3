import { afterEach, expect, test } from '@jest/globals';
import type { Call, CallResult, Implementation } from '@im2grade/grader/model/examination.ts';
import type { Counterexample } from '@im2grade/grader/model/evidence.ts';
import { Subject } from './Subject.ts';
import { withUsed } from './withUsed.ts';

afterEach(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

/** Evidence about the second number of `f`, with what the reference's `f` depends on. */
async function usedOf(f: (x: Float64Array, w: Float64Array) => number[], counterexample: Partial<Counterexample> = {}) {
  const open = (_: Implementation) => ({
    async call({ inputs: [x, w] }: Call): Promise<CallResult> {
      const out = Float64Array.from(f(x as Float64Array, w as Float64Array));
      return { outputs: [out], inputs: [], text: undefined, seconds: 0, ownSeconds: 0 };
    },
    close() {},
  });
  Object.assign(globalThis, { examination: { open: async (implementation: Implementation) => open(implementation) } });
  const tensor = (name: string, values: number[]) => ({ name, axes: [{ name: 'i', size: values.length }], values });
  const evidence: Counterexample = {
    ...{ type: 'counterexample', law: '', message: '', wrongIndex: 1 },
    inputs: [tensor('x', [1, -5, 3]), tensor('w', [2])],
    replay: {
      ...{ name: 'f', options: {}, inputs: ['x', 'w'], outputs: [2] },
      ...{ compared: { of: 'outputs', index: 0 }, exact: false, against: 'expected' },
    },
    ...counterexample,
  };
  const [found] = (await withUsed([evidence], new Subject({ of: 'reference' }))) as Counterexample[];
  return found.inputs.map(({ used }) => used);
}

test('the elements that change the wrong element when they are changed are named', async () => {
  expect(await usedOf((x, w) => [x[0], x[1] * w[0]])).toEqual([[1], [0]]);
  expect(await usedOf((x) => [x[2], Math.max(x[0], x[1])])).toEqual([[0, 1], []]);
  expect(await usedOf((x) => [0, Math.max(0, x[1])])).toEqual([[1], []]);
});

test('nothing is named if the call alone does not give the element, or the reference does not take changed inputs', async () => {
  const sum = (x: Float64Array) => [0, x[0] + x[1]];
  const nothing = [undefined, undefined];
  expect(await usedOf(sum, { replay: undefined })).toEqual(nothing);
  expect(await usedOf(sum, { wrongIndex: undefined })).toEqual(nothing);
  const refusing = (x: Float64Array): number[] => {
    if (x[0] !== 1) throw new RangeError('x[0] must be 1');
    return [0, x[1]];
  };
  expect(await usedOf(refusing)).toEqual(nothing);
});
