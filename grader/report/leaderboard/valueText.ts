import type { MeasuredValue } from '../../model/evidence.ts';
import type { LeaderboardRules } from '../../model/leaderboardRules.ts';
import { points } from '../text/numbers.ts';

type Shown = LeaderboardRules['shown'];

/** `84.21 %`, or `about 78.1 %` if the value is not exact. */
export function valueText(shown: Shown, { value, within }: MeasuredValue): string {
  if (within === 0) return numberText(shown, value);
  return `about ${numberText({ ...shown, decimals: Math.min(1, shown.decimals) }, value)}`;
}

/** A value to the digits that are shown: of two that look alike none is better. */
export const roundedAsShown = ({ as, decimals }: Shown, value: number): number =>
  Number(value.toFixed(as === 'percent' ? decimals + 2 : decimals));

/** `84.21 %`, whatever is known of it. */
export function numberText(shown: Shown, value: number): string {
  const rounded = roundedAsShown(shown, value);
  const { as, decimals } = shown;
  return as === 'percent' ? `${(100 * rounded).toFixed(decimals)} %` : rounded.toFixed(decimals);
}

/** `+0.5`, or `0.25 → 0.5` if giving the bonus now would change it. */
export function bonusText(given: number, due: number): string {
  if (given !== due) return `${points(given)} → ${points(due)}`;
  return given > 0 ? `+${points(given)}` : '';
}
