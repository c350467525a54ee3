import { compareTexts } from '../../common/compareTexts.ts';
import type { AttemptTable, Counts } from './tables.ts';

type Timed = Pick<AttemptTable, 'received' | 'seen'> & Partial<Pick<AttemptTable, 'source'>>;
type Countable = Timed & Pick<AttemptTable, 'score' | 'late_seconds' | 'state'>;

/**
 * Compares attempts: of several the greatest one counts. An attempt that cannot be graded counts like any other, unless
 * the best one is wanted: no older score speaks for it.
 */
export function orderOfAttempts(counts: Counts): (a: Countable, b: Countable) => number {
  switch (counts) {
    case 'best':
      return (a, b) => a.score - b.score || byTime(a, b);
    case 'latest':
      return byTime;
    case 'latest-in-time':
      return (a, b) => Number(isInTime(a)) - Number(isInTime(b)) || byTime(a, b);
  }
}

const isInTime = ({ late_seconds: late }: Countable): boolean => late <= 0;

/** The attempt that counts; undefined if there is none. */
export const countingAttempt = <A extends Countable>(attempts: readonly A[], counts: Counts): A | undefined =>
  last(attempts, orderOfAttempts(counts));

/**
 * The attempts of a student, in all teams, without those at work that was handed in for another team since: what people
 * gave one team does not count for another.
 */
export function withoutFormerWork<A extends Pick<AttemptTable, 'digest' | 'folder'>>(attempts: readonly A[]): A[] {
  // The folder of the reports is that of the team to which the work belongs now.
  const present = new Set(attempts.filter(({ folder }) => folder !== '').map(({ digest }) => digest));
  return attempts.filter(({ digest, folder }) => folder !== '' || !present.has(digest));
}

/**
 * By when attempts were handed in or, if that is unknown, first seen. Of two with one time, the names decide, so that the
 * order does not depend on which was graded first.
 */
const byTime = (a: Timed, b: Timed): number =>
  compareTexts(timeOf(a), timeOf(b)) || compareTexts(a.seen, b.seen) || compareTexts(a.source ?? '', b.source ?? '');

const timeOf = ({ received, seen }: Timed): string => (received === '' ? seen : received);

const last = <A>(items: readonly A[], order: (a: A, b: A) => number): A | undefined =>
  items.reduce<A | undefined>((best, item) => (best === undefined || order(item, best) >= 0 ? item : best), undefined);
