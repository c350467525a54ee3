import type { Tensor } from '@im2grade/tensor';
import type { Call } from '@im2grade/grader/model/examination.ts';
import { amidOthers } from './amidOthers.ts';
import type { CaseData } from './assertDefinition.ts';
import { type Comparison, expectEqual } from './expectEqual.ts';
import type { Subject } from './Subject.ts';
import type { Origin } from './replayOf.ts';

/** A tensor with the names that the report gives it and its axes. */
export interface Named {
  readonly name: string;
  readonly axes: readonly string[];
  readonly value: Tensor;
}

/**
 * One law of a function of tensors: the call, the output that is checked, its expected value, and what the report
 * shows.
 */
export interface Law {
  readonly call: Call;
  /** Which of the outputs; the first one if left out. */
  readonly output?: number;
  readonly law: string;
  /** Set if the expected value is computed from other results of the function. */
  readonly against?: Origin['against'];
  readonly name: string;
  readonly axes: readonly string[];
  readonly expected: Comparison['expected'];
  readonly geometry: Readonly<Record<string, number>>;
  readonly inputs: readonly Named[];
  readonly explain?: NonNullable<Comparison['explain']>;
}

const axesOf = (names: readonly string[], shape: readonly number[]) =>
  shape.map((size, i) => ({ name: names[i], size }));

/**
 * Makes the call and compares one of its outputs.
 *
 * @throws CriterionFailure with the counterexample
 *
 * @example
 * ```ts
 * const a = tensor([1, 3], [-2, 0, 3]);
 * const shapes = { inputs: [a.shape], outputs: [a.shape] };
 * await expectLaw(submission, {
 *   call: { name: 'relu', options: shapes, inputs: [a.data], outputs: [{ dtype: 'float64', length: 3 }] },
 *   law: 'z = max(0, a)',
 *   name: 'z',
 *   axes: ['n', 'j'],
 *   expected: Float64Array.of(0, 0, 3),
 *   geometry: { N: 1, D: 3 },
 *   inputs: [{ name: 'a', axes: ['n', 'j'], value: a }],
 * });
 * ```
 */
export async function expectLaw(submission: Subject, law: Law): Promise<void> {
  const { call, output = 0, against, axes, inputs, ...rest } = law;
  const { outputs: shapes } = call.options as { outputs: number[][] };
  const got = (await submission.call(call)).outputs[output] as Float64Array;
  expectEqual({
    ...rest,
    axes: axesOf(axes, shapes[output]),
    got,
    inputs: inputs.map(({ name, axes: names, value }) => ({
      name,
      values: value.data,
      axes: axesOf(names, value.shape),
    })),
    origin: { call, compared: { of: 'outputs', index: output }, against },
  });
}

/**
 * The same for a case of `assertDefinition`. If it is not an ordinary one, the function gets other tensors of the same
 * shapes first, and no cause is looked for: several mistakes may give the same result.
 *
 * @throws CriterionFailure with the counterexample
 *
 * @example
 * ```ts
 * await assertDefinition(seed, linearLayers(), [], (sizes, data) => expectCase(submission, data, lawOf(sizes, data)));
 * ```
 */
export function expectCase(submission: Subject, { remark }: CaseData, law: Law): Promise<void> {
  if (remark === '') return expectLaw(submission, law);
  const { explain: _, ...rest } = law;
  return expectLaw(submission, { ...rest, law: `${law.law}${remark}`, call: amidOthers(law.call, 'before') });
}

/** How much of the error a mistake may leave unexplained. */
const UNEXPLAINED = 1e-3;

/**
 * A mistake whose result is the one returned. One that leaves the error as it is, because it makes no difference here,
 * is none.
 *
 * @example
 * ```ts
 * const explain = explainByMistake(Float64Array.of(3, 5), { 'the bias 1 is missing': (value) => value - 1 });
 * explain([2, 4]); // 'the bias 1 is missing'
 * ```
 */
export const explainByMistake =
  (
    expected: Float64Array,
    mistakes: Readonly<Record<string, (value: number, i: number) => number>>,
    tolerance = 1e-9,
  ) =>
  (got: ArrayLike<number>): string | undefined => {
    const error = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - got[i])), 0);
    const within = Math.min(tolerance, UNEXPLAINED * error);
    return Object.entries(mistakes).find(([, mistaken]) =>
      expected.every((value, i) => Math.abs(mistaken(value, i) - got[i]) <= within),
    )?.[0];
  };
