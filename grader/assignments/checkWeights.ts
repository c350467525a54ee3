import { groupBy } from '../common/groupBy.ts';
import type { Weights } from '../model/weights.ts';

/** The fields of a rubric's group that weights refer to. */
export interface WeightedGroup {
  readonly group: string;
  readonly part?: string | undefined;
  readonly criteria: readonly { readonly points: number; readonly bonus: boolean }[];
}

/** The groups that have more than bonus points, by part; all in one if parts have no weights. */
export function groupsByPart<T extends WeightedGroup>({ parts }: Weights, rubric: readonly T[]): Map<string, T[]> {
  const regular = rubric.filter(({ criteria }) => criteria.some(({ bonus }) => !bonus));
  return groupBy(regular, ({ part }) => (parts ? (part ?? '') : ''));
}

/**
 * Reports what does not fit: unknown names, groups and parts that are left out, sums that are not 100.
 *
 * @param issue - receives the path below `weights`
 */
export function checkWeights(
  weights: Weights,
  rubric: readonly WeightedGroup[],
  issue: (path: string[], message: string) => void,
): void {
  const byPart = groupsByPart(weights, rubric);
  const { parts, groups } = weights;
  if (byPart.has('') && parts)
    issue(['parts'], `the group "${byPart.get('')![0].group}" has no part, and every group needs one`);
  if (parts) checkNames('parts', parts, [...byPart.keys()].filter(Boolean), issue);
  if (!groups) return;
  const named = rubric.filter(({ criteria }) => criteria.some(({ bonus }) => !bonus)).map(({ group }) => group);
  const twice = named.find((name, n) => named.indexOf(name) < n);
  if (twice !== undefined) issue(['groups'], `the group "${twice}" occurs twice`);
  checkNames('groups', groups, named, issue);
  for (const [part, members] of byPart) {
    const sum = members.reduce((total, { group }) => total + (groups[group] ?? 0), 0);
    if (!is100(sum)) issue(['groups'], `${part === '' ? 'sum' : `those of "${part}" sum`} to ${sum}, not 100`);
  }
}

function checkNames(
  field: 'parts' | 'groups',
  weights: Readonly<Record<string, number>>,
  names: readonly string[],
  issue: (path: string[], message: string) => void,
): void {
  const what = field.slice(0, -1);
  for (const name of Object.keys(weights))
    if (!names.includes(name)) issue([field, name], `"${name}" is not a ${what} of the rubric with points to weigh`);
  for (const name of names) if (!Object.hasOwn(weights, name)) issue([field], `the ${what} "${name}" has no weight`);
  const sum = Object.values(weights).reduce((a, b) => a + b, 0);
  if (field === 'parts' && !is100(sum)) issue([field], `sum to ${sum}, not 100`);
}

const is100 = (sum: number): boolean => Math.abs(sum - 100) < 1e-6;
