import { type Counterexample, fromNum, type Tensor } from '../../model/evidence.ts';
import { distinct } from '../text/numbers.ts';

/**
 * The flat indices at which a counterexample's two tensors clearly differ, the first wrong one included. The law's own
 * tolerance is not in the report, so a difference counts beyond half the digits of the number type.
 */
export function wrongCells({ expected, got, wrongIndex, dtype }: Counterexample): Set<number> {
  const wrong = new Set<number>(wrongIndex === undefined ? [] : [wrongIndex]);
  if (!expected || !got || expected.values.length !== got.values.length) return wrong;
  const [rounding, slack] = dtype === 'float32' ? [1e-5, 3e-4] : [1e-10, 1e-8];
  const first = wrongIndex === undefined ? NaN : fromNum(expected.values[wrongIndex]) - fromNum(got.values[wrongIndex]);
  // What is about as far off as the first wrong element is wrong too, unless that is little more than rounding.
  const likeFirst = Number.isFinite(first) ? Math.abs(first) / 2 : Infinity;
  expected.values.forEach((value, index) => {
    const a = fromNum(value);
    const b = fromNum(got.values[index]);
    const scale = Math.max(1, Math.abs(a));
    const same = a === b || Math.abs(a - b) < Math.min(slack * scale, Math.max(likeFirst, rounding * scale));
    if (!same) wrong.add(index);
  });
  return wrong;
}

/** The texts of wrong elements in the two tensors, with enough digits to tell them apart; undefined for the others. */
export const distinctTexts =
  (
    { expected, got }: { readonly expected?: Tensor | undefined; readonly got?: Tensor | undefined },
    wrong: ReadonlySet<number>,
  ) =>
  (of: 0 | 1) =>
  (flat: number): string | undefined =>
    expected && got && wrong.has(flat) ? distinct(expected.values[flat], got.values[flat])[of] : undefined;
