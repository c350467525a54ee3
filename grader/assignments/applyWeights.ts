import type { Assignment } from '../model/assignment.ts';
import { groupsByPart } from './checkWeights.ts';

/** The total of a rubric with weights, in the hundredths in which points are summed. */
const WHOLE = 100 * 100;

type Rubric = Assignment['rubric'];

/**
 * Scales the points of a rubric with weights: the `points` of a criterion are its share of its group, and the result
 * sums to 100. Every group has exactly its weight, however its shares are rounded. Bonus points are not changed.
 */
export function applyWeights({ rubric, weights }: Pick<Assignment, 'rubric' | 'weights'>): Rubric {
  if (!weights) return rubric;
  const byPart = [...groupsByPart(weights, rubric)];
  const ofPart = apportion(
    WHOLE,
    byPart.map(([part]) => weights.parts?.[part] ?? 1),
  );
  const worth = new Map<Rubric[number], number>();
  byPart.forEach(([, groups], p) => {
    const shares = groups.map((group) => weights.groups?.[group.group] ?? regularPoints(group));
    apportion(ofPart[p], shares).forEach((hundredths, g) => worth.set(groups[g], hundredths));
  });
  return rubric.map((group) => ({ ...group, criteria: weighted(group, worth.get(group) ?? 0) }));
}

function weighted({ criteria }: Rubric[number], hundredths: number): Rubric[number]['criteria'] {
  const each = apportion(
    hundredths,
    criteria.map(({ points, bonus }) => (bonus ? 0 : points)),
  );
  return criteria.map((criterion, c) => (criterion.bonus ? criterion : { ...criterion, points: each[c] / 100 }));
}

const regularPoints = ({ criteria }: Rubric[number]): number =>
  criteria.reduce((sum, { points, bonus }) => sum + (bonus ? 0 : points), 0);

/**
 * Splits `total` into whole numbers in proportion to the shares. What rounding down leaves goes to the largest
 * remainders.
 */
function apportion(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  const exact = shares.map((share) => (sum === 0 ? 0 : (total * share) / sum));
  const whole = exact.map((value) => Math.floor(value + 1e-9));
  const left = Math.round(exact.reduce((a, b) => a + b, 0)) - whole.reduce((a, b) => a + b, 0);
  const byRemainder = exact.map((_, i) => i).sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || a - b);
  for (const i of byRemainder.slice(0, left)) whole[i]++;
  return whole;
}
