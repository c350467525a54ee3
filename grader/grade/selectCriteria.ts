import { type Assignment, criteriaOf } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';

/**
 * The ids that `only` names: an id, a prefix of ids up to a dot, or a kind.
 *
 * @throws UsageError naming a word that matches nothing
 */
export function selectCriteria(assignment: Assignment, only: readonly string[]): string[] {
  const criteria = criteriaOf(assignment);
  if (only.length === 0) return criteria.map(({ id }) => id);
  const fits = (word: string) =>
    criteria.filter(({ id, kind }) => id === word || kind === word || id.startsWith(`${word}.`));
  const unknown = only.find((word) => fits(word).length === 0);
  if (unknown !== undefined) {
    throw new UsageError(
      `unknown criterion "${unknown}"; ${assignment.id} has ${criteria.map(({ id }) => id).join(', ')}`,
    );
  }
  const wanted = new Set(only.flatMap(fits));
  return criteria.filter((criterion) => wanted.has(criterion)).map(({ id }) => id);
}
