import { after, type Span } from '../common/time.ts';
import type { Deadlines, Extension, SlipDays } from '../model/deadlines.ts';

/** When something was due and when it came, and what the course allows on top. Moments are ISO 8601 in UTC. */
export interface HandInTimes {
  readonly dueAt: string;
  readonly handedInAt: string;
  /** By whose calendar days are counted; UTC if left out. */
  readonly zone?: string | undefined;
  readonly grace?: Span | undefined;
  /** Days that the students may still be late without giving a reason. */
  readonly slipDays?: number | undefined;
}

/**
 * When a submission was due, by the most generous extension of its students, and when it was handed in.
 *
 * @param students - all names that the course's file may use for its students
 * @param fallback - when it was handed in, if that is known from elsewhere
 * @param slipDaysElsewhere - those that the students have spent on other assignments, unless the course's file says so
 * @returns undefined if there is no due date, or nobody knows when it was handed in
 */
export function handInTimes(
  { due, grace, slipDays, extensions, handedIn }: Deadlines,
  students: readonly string[],
  fallback: string | undefined,
  slipDaysElsewhere = 0,
): HandInTimes | undefined {
  const handedInAt = latest(valuesOf(handedIn, students)) ?? fallback;
  if (due === undefined || handedInAt === undefined) return undefined;
  const dueWith = (extension: Extension): string =>
    'dueAt' in extension ? extension.dueAt : after(due, extension.span);
  return {
    dueAt: latest([due.at, ...valuesOf(extensions, students).map(dueWith)])!,
    handedInAt,
    zone: due.zone,
    ...(grace && { grace }),
    ...(slipDays && { slipDays: slipDaysLeft(slipDays, students, slipDaysElsewhere) }),
  };
}

/** A team has as many as the member who has used the most. */
function slipDaysLeft(
  { allowed, atMost = allowed, used }: SlipDays,
  students: readonly string[],
  elsewhere: number,
): number {
  const byHand = valuesOf(used, students);
  const left = allowed - (byHand.length > 0 ? Math.max(...byHand) : elsewhere);
  return Math.max(0, Math.min(atMost, left));
}

const valuesOf = <T>(byStudent: Readonly<Record<string, T>>, students: readonly string[]): T[] =>
  students.filter((student) => Object.hasOwn(byStudent, student)).map((student) => byStudent[student]);

const latest = (moments: readonly string[]): string | undefined =>
  moments.reduce<string | undefined>((a, b) => (a === undefined || Date.parse(b) > Date.parse(a) ? b : a), undefined);
