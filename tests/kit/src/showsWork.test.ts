import { afterEach, expect, test } from '@jest/globals';
import type { Call, CallResult, Implementation } from '@im2grade/grader/model/examination.ts';
import { showsWork } from './showsWork.ts';
import { Subject } from './Subject.ts';

afterEach(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

type Fill = (out: Float64Array, input: Float64Array) => void;

/** Sums of neighbours, and each number three times: one function computes, the other copies. */
const sums: Fill = (out, input) => out.forEach((_, i) => (out[i] = input[i] + input[i + 1]));
const copies: Fill = (out, input) => out.forEach((_, i) => (out[i] = input[Math.floor(i / 3)]));

const callOf = (inputs: number, outputs: number): Call => ({
  name: 'f',
  options: {},
  inputs: [new Float64Array(inputs)],
  outputs: [{ dtype: 'float64', length: outputs, fill: 'garbage' }],
});

function judge(submission: Fill, reference: Fill): Promise<boolean> {
  const open = ({ of }: Implementation) => ({
    async call({ inputs, outputs: [{ length, fill }] }: Call): Promise<CallResult> {
      const out = new Float64Array(length).fill(fill === 'garbage' ? NaN : 0);
      (of === 'reference' ? reference : submission)(out, inputs[0] as Float64Array);
      return { outputs: [out], inputs: [], text: undefined, seconds: 0, ownSeconds: 0 };
    },
    close() {},
  });
  Object.assign(globalThis, { examination: { open: async (implementation: Implementation) => open(implementation) } });
  const call = reference === sums ? callOf(31, 30) : callOf(10, 30);
  const [own, right] = [new Subject({ of: 'submission', substituted: [] }), new Subject({ of: 'reference' })];
  return showsWork([{ call, submission: own, reference: right }]);
}

test.each<[string, Fill]>([
  ['nothing', () => {}],
  ['zeros', (out) => out.fill(0)],
  ['its length', (out) => out.fill(out.length)],
  ['numbers that do not depend on the input', (out) => out.forEach((_, i) => (out[i] = Math.sin(i)))],
  ['one number everywhere', (out, input) => out.fill(input[3])],
  ['one copied number', (out, input) => void (out[7] = input[3])],
  ['one computed number', (out, input) => void (out[7] = input[3] * input[4])],
  ['its input', (out, input) => out.set(input.subarray(0, out.length))],
  ['its input again and again', (out, input) => out.forEach((_, i) => (out[i] = input[i % input.length]))],
  ['NaN', (out) => out.fill(NaN)],
])('%s is no work, whatever is asked', async (_, fill) => {
  expect([await judge(fill, sums), await judge(fill, copies)]).toEqual([false, false]);
});

test.each<[string, Fill]>([
  ['a term that is missing', (out, input) => out.forEach((_, i) => (out[i] = input[i + 1] * 0.5))],
  ['only the last term', (out, input) => out.set(input.subarray(1, out.length + 1))],
  ['a wrong sign', (out, input) => out.forEach((_, i) => (out[i] = input[i] - input[i + 1]))],
  ['a third of the numbers', (out, input) => sums(out.subarray(0, 10), input)],
  ['numbers in the wrong order', (out, input) => (sums(out, input), void out.reverse())],
  ['sums that are rounded', (out, input) => (sums(out, input), out.forEach((sum, i) => (out[i] = Math.fround(sum))))],
])('%s is a mistake in a function that computes', async (_, fill) => expect(await judge(fill, sums)).toBe(true));

test.each<[string, Fill]>([
  ['copies in the wrong order', (out, input) => (copies(out, input), void out.reverse())],
  [
    'copies to which one is added',
    (out, input) => (copies(out, input), out.forEach((value, i) => (out[i] = value + 1))),
  ],
  ['a third of the copies', (out, input) => copies(out.subarray(0, 10), input)],
])('%s are a mistake in a function that copies', async (_, fill) => expect(await judge(fill, copies)).toBe(true));

test('a function whose right result is its input cannot be distinguished from one that copies', async () => {
  const identity: Fill = (out, input) => out.set(input.subarray(0, out.length));
  expect(await judge(identity, identity)).toBe(true);
});
