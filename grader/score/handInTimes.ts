import type { Deadlines, Extension } from '../model/deadlines.ts';

/** When something was due and when it came, both as ISO 8601 in UTC. */
export interface HandInTimes {
  readonly dueAt: string;
  readonly handedInAt: string;
}

/**
 * When a submission was due, by the most generous extension of its students, and when it was handed in.
 *
 * @param students - all names that the course's file may use for its students
 * @param fallback - when it was handed in, if that is known from elsewhere
 * @returns undefined if there is no due date, or nobody knows when it was handed in
 */
export function handInTimes(
  { due, extensions, handedIn }: Deadlines,
  students: readonly string[],
  fallback: string | undefined,
): HandInTimes | undefined {
  const handedInAt = latest(valuesOf(handedIn, students)) ?? fallback;
  if (due === undefined || handedInAt === undefined) return undefined;
  const extended = valuesOf(extensions, students).map((extension) => dueWith(due, extension));
  return { dueAt: latest([due, ...extended])!, handedInAt };
}

const valuesOf = <T>(byStudent: Readonly<Record<string, T>>, students: readonly string[]): T[] =>
  students.filter((student) => Object.hasOwn(byStudent, student)).map((student) => byStudent[student]);

const dueWith = (due: string, extension: Extension): string =>
  'dueAt' in extension ? extension.dueAt : new Date(Date.parse(due) + extension.seconds * 1000).toISOString();

const latest = (moments: readonly string[]): string | undefined =>
  moments.reduce<string | undefined>((a, b) => (a === undefined || Date.parse(b) > Date.parse(a) ? b : a), undefined);
