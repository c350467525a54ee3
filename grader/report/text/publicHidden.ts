import type { Outcome } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import { points } from './numbers.ts';
import { scoreOf } from './totals.ts';

/** `public 40 / 50 · hidden 31 / 35`: nobody shall read a full public score as a full score. */
export function publicHiddenLine(outcomes: readonly Outcome[]): string {
  const counted = outcomes.filter(({ status }) => !isPending(status));
  const of = (name: string, isOf: (outcome: Outcome) => boolean): string => {
    const { earned, possible } = scoreOf(counted.filter(isOf));
    return possible > 0 ? `${name} ${points(earned)} / ${points(possible)}` : '';
  };
  return [
    of('public', ({ visibility }) => visibility === 'visible'),
    of('hidden', ({ visibility }) => visibility !== 'visible'),
  ]
    .filter(Boolean)
    .join(' · ');
}
