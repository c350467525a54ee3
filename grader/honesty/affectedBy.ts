import { type Assignment, criteriaOf } from '../model/assignment.ts';

/** The ids of the criteria that examine one of these deliverables, or need a criterion that does. */
export function affectedBy(assignment: Assignment, paths: ReadonlySet<string>): ReadonlySet<string> {
  const criteria = new Map(criteriaOf(assignment).map((criterion) => [criterion.id, criterion]));
  const isAffected = (id: string): boolean => {
    const { examines, needs, beside } = criteria.get(id)!;
    return examines.some((path) => paths.has(path)) || [...needs, ...beside].some(isAffected);
  };
  return new Set([...criteria.keys()].filter(isAffected));
}
