import type { ClassCell } from '../../model/classReport.ts';
import type { Outcome } from '../../model/report.ts';

/** What the evidence of a criterion says that a class is compared by: its speed, a value, and the likely cause of a mistake. */
export function tellingEvidence({
  evidence,
}: Pick<Outcome, 'evidence'>): Pick<ClassCell, 'ratio' | 'cause' | 'measured'> {
  const timing = evidence.find((each) => each.type === 'timing');
  const cause = evidence.flatMap((each) => (each.type === 'counterexample' && each.cause ? [each.cause] : []))[0];
  const measurement = evidence.find((each) => each.type === 'measurement');
  return {
    ...(timing && { ratio: timing.ratio.median }),
    ...(cause && { cause }),
    ...(measurement && { measured: { value: measurement.value, within: measurement.within } }),
  };
}
