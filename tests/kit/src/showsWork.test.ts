import { afterEach, expect, test } from '@jest/globals';
import {
  type Call,
  type CallResult,
  type Implementation,
  SubmissionFault,
} from '@im2grade/grader/model/examination.ts';
import { showsWork } from './showsWork.ts';
import { Subject } from './Subject.ts';
import { workShowsIn } from './workShowsIn.ts';

afterEach(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

type Fill = (out: Float64Array, input: Float64Array) => void;

/** Sums of neighbours, and each number three times: one function computes, the other copies. */
const sums: Fill = (out, input) => out.forEach((_, i) => (out[i] = input[i] + input[i + 1]));
const copies: Fill = (out, input) => out.forEach((_, i) => (out[i] = input[Math.floor(i / 3)]));

const callOf = (inputs: number, outputs: number, name = 'f'): Call => ({
  name,
  options: {},
  inputs: [new Float64Array(inputs)],
  outputs: [{ dtype: 'float64', length: outputs, fill: 'garbage' }],
});

const callFor = (reference: Fill): Call => (reference === sums ? callOf(31, 30) : callOf(10, 30));

function judge(submission: Fill, reference: Fill, call = callFor(reference)): Promise<boolean> {
  const open = ({ of }: Implementation) => ({
    async call({ inputs, outputs: [{ length, fill }] }: Call): Promise<CallResult> {
      const out = new Float64Array(length).fill(fill === 'garbage' ? NaN : 0);
      (of === 'reference' ? reference : submission)(out, inputs[0] as Float64Array);
      return { outputs: [out], inputs: [], text: undefined, seconds: 0, ownSeconds: 0 };
    },
    close() {},
  });
  Object.assign(globalThis, { examination: { open: async (implementation: Implementation) => open(implementation) } });
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

/** The patches of 2 by 2 pixels of an image of 4 by 4, one after the other. */
const patches: Fill = (out, input) => eachInPatches((to, y, x, fy, fx) => (out[to] = input[(y + fy) * 4 + x + fx]));

function eachInPatches(write: (to: number, y: number, x: number, fy: number, fx: number) => void): void {
  for (let to = 0; to < 36; to++)
    write(to, Math.floor(to / 12), Math.floor(to / 4) % 3, Math.floor(to / 2) % 2, to % 2);
}

/** Makes a number of each patch. */
const ofPatches =
  (make: (a: number, b: number, c: number, d: number) => number): Fill =>
  (out, input) =>
    out.forEach((_, i) => {
      const at = Math.floor(i / 3) * 4 + (i % 3);
      out[i] = make(input[at], input[at + 1], input[at + 4], input[at + 5]);
    });

const windows = ofPatches((a, b, c, d) => a + b + c + d);

const IN_PLAIN_CALLS = { windows: callOf(16, 9, 'windows'), patches: callOf(16, 36, 'patches') };
workShowsIn(Object.values(IN_PLAIN_CALLS));

const judgeInPlainCalls = async (fill: Fill): Promise<boolean[]> => [
  await judge(fill, windows, IN_PLAIN_CALLS.windows),
  await judge(fill, patches, IN_PLAIN_CALLS.patches),
];

const each =
  (at: (input: Float64Array, i: number, out: Float64Array) => number): Fill =>
  (out, input) =>
    out.forEach((_, i) => (out[i] = at(input, i, out)));

test.each<[string, Fill]>([
  ['its input in reverse order', each((input, i) => input[input.length - 1 - (i % input.length)])],
  ['its input, stretched', each((input, i, out) => input[Math.floor((i * input.length) / out.length)])],
  ['its input, shifted by one, and one added', each((input, i) => input[(i + 1) % input.length] + 1)],
  ['every third number, doubled', each((input, i) => 2 * input[(3 * i) % input.length])],
  ['its input, shuffled', each((input, i) => input[(Math.imul(i + 1, 2654435761) >>> 0) % input.length])],
  ['its first number, whatever is made of it', each((input, i) => Math.sin((i + 1) * input[0]))],
  ['sums of all numbers so far', each((input, i, out) => (i > 0 ? out[i - 1] : 0) + input[i % input.length])],
  ['multiples of the sum of all', each((input, i) => (i + 1) * input.reduce((sum, value) => sum + value, 0))],
])('%s is no work if plain calls are declared', async (_, fill) => {
  expect(await judgeInPlainCalls(fill)).toEqual([false, false]);
});

test.each<[string, Fill]>([
  ['the patches', patches],
  [
    'patches that are flipped',
    (out, input) => eachInPatches((to, y, x, fy, fx) => (out[to] = input[(y + 1 - fy) * 4 + x + 1 - fx])),
  ],
  [
    'patches of the transposed image',
    (out, input) => eachInPatches((to, y, x, fy, fx) => (out[to] = input[(x + fx) * 4 + y + fy])),
  ],
  ['patches in another order', (out, input) => (patches(out, input), void out.reverse())],
  ['the first two thirds of the patches', (out, input) => (patches(out, input), void out.fill(0, 24))],
  [
    'patches to which one is added',
    (out, input) => (patches(out, input), out.forEach((value, i) => (out[i] = value + 1))),
  ],
])('%s are work', async (_, fill) => expect(await judge(fill, patches, IN_PLAIN_CALLS.patches)).toBe(true));

test.each<[string, Fill]>([
  ['differences', ofPatches((a, b, c, d) => a - b + c - d)],
  ['products', ofPatches((a, b, c, d) => a * b * c * d)],
  ['only the last terms', ofPatches((_a, _b, _c, d) => d)],
  ['the largest numbers', ofPatches(Math.max)],
  ['the smallest numbers', ofPatches(Math.min)],
  ['sums in the wrong order', (out, input) => (windows(out, input), void out.reverse())],
  ['two thirds of the sums', (out, input) => (windows(out, input), void out.fill(0, 6))],
])('%s for sums are work', async (_, fill) => expect(await judge(fill, windows, IN_PLAIN_CALLS.windows)).toBe(true));

test('nothing is known of the work of a function that answers none of its plain calls', async () => {
  const refuses: Fill = (out, input) => {
    if (input.length === 16) throw new SubmissionFault('threw', 'not this size');
    sums(out, input);
  };
  expect(await judge(refuses, sums, callOf(31, 30, 'windows'))).toBe(true);
});
