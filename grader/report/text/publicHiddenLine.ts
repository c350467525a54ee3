import type { Outcome } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import { points } from './numbers.ts';
import { scoreOf } from './totals.ts';

/** `public 40 / 50 · hidden 31 / 35`, always both, so that a full public score is not mistaken for a full score. */
export function publicHiddenLine(outcomes: readonly Outcome[]): string {
  const counted = outcomes.filter(({ status }) => !isPending(status));
  const of = (isOf: (outcome: Outcome) => boolean): string => {
    const { earned, possible } = scoreOf(counted.filter(isOf));
    return `${points(earned)} / ${points(possible)}`;
  };
  const isPublic = ({ visibility }: Outcome): boolean => visibility === 'visible';
  return `public ${of(isPublic)} · hidden ${of((outcome) => !isPublic(outcome))}`;
}
