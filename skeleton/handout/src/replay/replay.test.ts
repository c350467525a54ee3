import { describe, expect, test } from '@jest/globals';
import { type Answer, type FunctionCall, judge } from './judge.ts';
import { planReplay, type Replay } from './planReplay.ts';
import type { Counterexample, Recorded } from './readCounterexamples.ts';
import { renderVerdict } from './renderVerdict.ts';

/** Two functions on rows of two numbers. */
const CALL_OF_COPY: Recorded = {
  name: 'copy',
  options: { N: 2 },
  inputs: ['IN'],
  outputs: [2],
  compared: { of: 'outputs', index: 0 },
  exact: true,
  against: 'expected',
};
const CALL_OF_ADD: Recorded = { ...CALL_OF_COPY, name: 'add', inputs: ['A', 'B'], exact: false };

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
  replay: CALL_OF_COPY,
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
  const replay = planReplay(counterexample);
  expect(replay).toBeInstanceOf(Object);
  return judge(replay as Replay, calling(does));
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

  test('is checked on a buffer of garbage, too', async () =>
    expect(await replayed(COPY, ([given], [out]) => given.forEach((value, i) => (out[i] += value)))).toMatchObject({
      status: 'wrong',
      message: 'first wrong element OUT[i=0]: expected 1, got NaN',
    }));

  test('allows sums the last bits, copies none', async () => {
    const inputs = [row('A', 0.1, 0.2), row('B', 0.2, 0.1)];
    const sum = { ...COPY, inputs, expected: row('SUM', 0.3, 0.3), replay: CALL_OF_ADD };
    expect(await replayed(sum, ([a, b], [out]) => out.set(a.map((value, i) => value + b[i])))).toEqual({
      status: 'right',
    });
    const copy = { ...COPY, inputs: [row('IN', 0.1, 0.2)], expected: row('OUT', 0.1, 0.2) };
    expect(await replayed(copy, ([given], [out]) => out.set(given.map((value) => value + 0.2 - 0.2)))).toMatchObject({
      status: 'wrong',
    });
  });

  test('takes −0 for 0', async () => {
    const padded = { ...COPY, inputs: [row('IN', 3, 0)], expected: row('OUT', 3, 0) };
    expect(await replayed(padded, ([given], [out]) => out.set(given.map((value) => value || -0)))).toEqual({
      status: 'right',
    });
  });

  test('takes zeros for inputs that it does not need', async () =>
    expect(
      await replayed(
        {
          ...COPY,
          inputs: [row('A', 1, 2)],
          expected: row('SUM', 1, 2),
          replay: { ...CALL_OF_ADD, inputs: ['A', 2] },
        },
        ([a, b], [out]) => out.set(a.map((value, i) => value + b[i])),
      ),
    ).toEqual({ status: 'right' }));
});

test('an input that is only read is compared after the call', async () => {
  const replay: Recorded = { ...CALL_OF_COPY, compared: { of: 'inputs', index: 0 } };
  const read = { ...COPY, criterion: 'row.input-untouched', expected: row('IN', 1, 2), replay };
  expect(await replayed(read, copies)).toEqual({ status: 'right' });
  expect(await replayed(read, ([given]) => given.fill(0))).toMatchObject({ status: 'wrong' });
});

describe('a law that compares the function with itself', () => {
  test('the result on another buffer is all that the buffer’s law needs', async () => {
    const replay: Recorded = { ...CALL_OF_COPY, against: 'other-buffer' };
    const law = { ...COPY, criterion: 'row.overwrite', expected: row('OUT', 7, 7), replay };
    expect(await replayed(law, copies)).toEqual({ status: 'right' });
    expect(await replayed(law, () => {})).toMatchObject({ status: 'wrong' });
    expect(await replayed(law, (_, [out]) => out.fill(NaN))).toMatchObject({ status: 'wrong' });
  });

  test('the others are still wrong while the result is what it was, and cannot be decided afterwards', async () => {
    const replay: Recorded = { ...CALL_OF_COPY, against: 'other-inputs' };
    const law = { ...COPY, criterion: 'row.linearity', replay };
    expect(await replayed(law, (_, [out]) => out.set([1, 0]))).toMatchObject({ status: 'wrong' });
    expect(await replayed(law, copies)).toEqual({ status: 'changed' });
    const nothing = { ...law, expected: row('OUT', NaN, NaN), got: row('OUT', NaN, NaN) };
    expect(await replayed(nothing, (_, [out]) => out.fill(NaN))).toMatchObject({ status: 'wrong' });
  });
});

test.each([
  [{ ...COPY, inputs: [] }, 'the report does not hold the input IN'],
  [{ ...COPY, expected: undefined }, 'its arrays are too large to be kept in a report'],
  [{ ...COPY, replay: undefined }, 'the report does not hold the call that it was found by'],
  [{ ...COPY, inputs: [{ ...row('IN', 1, 2), values: [1] }] }, 'IN does not have the size that its axes give it'],
  [{ ...COPY, expected: row('OUT', 1, 2, 3) }, 'OUT is not an array of the call'],
  [{ ...COPY, replay: { ...CALL_OF_COPY, compared: { of: 'inputs', index: 4 } } }, 'OUT is not an array of the call'],
  [
    { ...COPY, replay: { ...CALL_OF_COPY, inputs: ['IN', 2 ** 40] } },
    'its arrays are larger than any that a grader has shrunk',
  ],
] as [Counterexample, string][])('what cannot be replayed is reported with the reason', (counterexample, why) =>
  expect(planReplay(counterexample)).toBe(why),
);

test('a fault and a report’s own text are shown on one line each, and a terminal obeys nothing of it', async () => {
  const replay = planReplay({ ...COPY, law: 'a\u001b[2Jb\nc' }) as Replay;
  const verdict = await judge(replay, async () => ({ fault: 'Error:\r\u202eboom' }));
  expect(renderVerdict(replay, verdict).split('\n')).toEqual([
    '✗ row.copy  A copy',
    '  law            a[2Jb c',
    '  case           copy on N=2 float64',
    '  IN             1 2',
    '  instead        Error: boom',
  ]);
});
