import { describe, expect, test } from '@jest/globals';
import { type Answer, type FunctionCall, judge } from './judge.ts';
import { planReplays, type Replay } from './planReplays.ts';
import type { Counterexample } from './readCounterexamples.ts';
import type { Recipes } from './recipes.ts';
import { renderVerdict } from './renderVerdict.ts';

/** Two functions on rows of n numbers. */
const RECIPES: Recipes = {
  axes: { i: 'N' },
  functions: [
    { name: 'copy', inputs: { IN: ['i'] }, outputs: { OUT: { axes: ['i'], from: ['IN'], exact: true } } },
    { name: 'add', inputs: { A: ['i'], B: ['i'] }, outputs: { SUM: { axes: ['i'], from: ['A'], exact: false } } },
  ],
  itself: { buffer: ['row.overwrite'], others: ['row.linearity'] },
};

const row = (name: string, ...values: number[]) => ({ name, axes: [{ name: 'i', size: values.length }], values });

const COPY: Counterexample = {
  criterion: 'row.copy',
  title: 'A copy',
  type: 'counterexample',
  law: 'OUT is IN',
  geometry: { N: 2 },
  dtype: 'float64',
  inputs: [row('IN', 1, 2)],
  expected: row('OUT', 1, 2),
  got: row('OUT', 1, 0),
};

/** A submission's function: what it does with one call's arrays. */
type Does = (inputs: number[][], outputs: Float64Array[]) => void;

const calling =
  (does: Does) =>
  async ({ inputs, outputs }: FunctionCall): Promise<Answer> => {
    const [given, filled] = [
      inputs.map((values) => [...values]),
      outputs.map(({ length, fill }) => new Float64Array(length).fill(fill === 'zero' ? 0 : NaN)),
    ];
    does(given, filled);
    return { inputs: given.map((values) => Float64Array.from(values)), outputs: filled };
  };

async function replayed(counterexample: Counterexample, does: Does) {
  const replays = planReplays(RECIPES, counterexample) as Replay[];
  expect(replays).toHaveLength(1);
  return judge(replays[0], calling(does));
}

const copies: Does = ([given], [out]) => out.set(given);

describe('a law with an expected result', () => {
  test('holds for a function that is right now', async () =>
    expect(await replayed(COPY, copies)).toEqual({ status: 'right' }));

  test('names the first wrong element', async () =>
    expect(await replayed(COPY, ([given], [out]) => out.set([given[0], 5]))).toMatchObject({
      status: 'wrong',
      message: 'first wrong element OUT[i=1]: expected 2, got 5',
    }));

  test('is asked on a buffer of garbage, too', async () =>
    expect(await replayed(COPY, ([given], [out]) => given.forEach((value, i) => (out[i] += value)))).toMatchObject({
      status: 'wrong',
      message: 'first wrong element OUT[i=0]: expected 1, got NaN',
    }));

  test('allows sums the last bits, copies none', async () => {
    const inputs = [row('A', 0.1, 0.2), row('B', 0.2, 0.1)];
    const sum = { ...COPY, inputs, expected: row('SUM', 0.3, 0.3) };
    expect(await replayed(sum, ([a, b], [out]) => out.set(a.map((value, i) => value + b[i])))).toEqual({
      status: 'right',
    });
    const copy = { ...COPY, inputs: [row('IN', 0.3, -0)], expected: row('OUT', 0.3, -0) };
    expect(await replayed(copy, ([given], [out]) => out.set(given.map((value) => value + 0)))).toMatchObject({
      status: 'wrong',
    });
  });

  test('takes zeros for inputs that it does not need', async () =>
    expect(
      await replayed({ ...COPY, inputs: [row('A', 1, 2)], expected: row('SUM', 1, 2) }, ([a, b], [out]) =>
        out.set(a.map((value, i) => value + b[i])),
      ),
    ).toEqual({ status: 'right' }));
});

test('an input that is only read is compared after the call', async () => {
  const read = { ...COPY, criterion: 'row.input-untouched', inputs: [], expected: row('IN', 1, 2) };
  expect(await replayed(read, copies)).toEqual({ status: 'right' });
  expect(await replayed(read, ([given]) => given.fill(0))).toMatchObject({ status: 'wrong' });
});

describe('a law that compares the function with itself', () => {
  test('the result on another buffer is all that the buffer’s law needs', async () => {
    const law = { ...COPY, criterion: 'row.overwrite', expected: row('OUT', 7, 7) };
    expect(await replayed(law, copies)).toEqual({ status: 'right' });
    expect(await replayed(law, () => {})).toMatchObject({ status: 'wrong' });
  });

  test('the others are still wrong while the result is what it was, and cannot be decided afterwards', async () => {
    const law = { ...COPY, criterion: 'row.linearity' };
    expect(await replayed(law, (_, [out]) => out.set([1, 0]))).toMatchObject({ status: 'wrong' });
    expect(await replayed(law, copies)).toEqual({ status: 'changed' });
    const nothing = { ...law, expected: row('OUT', NaN, NaN), got: row('OUT', NaN, NaN) };
    expect(await replayed(nothing, (_, [out]) => out.fill(NaN))).toMatchObject({ status: 'wrong' });
  });
});

test.each([
  [{ ...COPY, inputs: [] }, 'the report does not hold the inputs that it was found on'],
  [{ ...COPY, expected: undefined }, 'its arrays are too large to be kept in a report'],
  [{ ...COPY, inputs: [row('IN', 1, 2, 3)] }, 'IN does not have the size that the geometry gives it'],
  [{ ...COPY, expected: row('COLOUR', 1, 2) }, 'the report does not hold the inputs that it was found on'],
])('what cannot be replayed is told why', (counterexample, why) =>
  expect(planReplays(RECIPES, counterexample)).toBe(why),
);

test('a fault and a report’s own text are shown on one line each, and a terminal obeys nothing of it', async () => {
  const [replay] = planReplays(RECIPES, { ...COPY, law: 'a\u001b[2Jb\nc' }) as Replay[];
  const verdict = await judge(replay, async () => ({ fault: 'Error:\r\u202eboom' }));
  expect(renderVerdict(replay, verdict).split('\n')).toEqual([
    '✗ row.copy  A copy',
    '  law            a[2Jb c',
    '  case           copy on N=2 float64',
    '  IN             1 2',
    '  instead        Error: boom',
  ]);
});
