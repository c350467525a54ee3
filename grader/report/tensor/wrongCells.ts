import { type Counterexample, fromNum } from '../../model/evidence.ts';

/**
 * The flat indices at which a counterexample's two tensors clearly differ, the first wrong one included. The law's own
 * tolerance is not in the report, so a difference counts beyond half the digits of the number type.
 */
export function wrongCells({ expected, got, wrongIndex, dtype }: Counterexample): Set<number> {
  const wrong = new Set<number>(wrongIndex === undefined ? [] : [wrongIndex]);
  if (!expected || !got || expected.values.length !== got.values.length) return wrong;
  const slack = dtype === 'float32' ? 3e-4 : 1e-8;
  expected.values.forEach((value, index) => {
    const a = fromNum(value);
    const b = fromNum(got.values[index]);
    const same = a === b || Math.abs(a - b) <= slack * Math.max(1, Math.abs(a));
    if (!same) wrong.add(index);
  });
  return wrong;
}
