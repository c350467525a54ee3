import { compareTexts } from '../../common/compareTexts.ts';
import type { AttemptTable, Counts } from './tables.ts';

type Timed = Pick<AttemptTable, 'received' | 'seen'> & Partial<Pick<AttemptTable, 'source'>>;
type Countable = Timed & Pick<AttemptTable, 'score' | 'late_seconds' | 'state'>;

/**
 * The attempt that counts. An attempt that cannot be graded counts like any other, unless the best one is wanted: no older
 * score speaks for it.
 *
 * @returns undefined if there is none
 */
export function countingAttempt<A extends Countable>(attempts: readonly A[], counts: Counts): A | undefined {
  if (counts === 'best') return last(attempts, (a, b) => a.score - b.score || byTime(a, b));
  if (counts === 'latest') return last(attempts, byTime);
  const inTime = attempts.filter(({ late_seconds: late }) => late <= 0);
  return last(inTime.length > 0 ? inTime : attempts, byTime);
}

/**
 * By when attempts were handed in or, if that is unknown, first seen. Of two with one time, the names decide, so that the
 * order does not depend on which was graded first.
 */
export const byTime = (a: Timed, b: Timed): number =>
  compareTexts(timeOf(a), timeOf(b)) || compareTexts(a.seen, b.seen) || compareTexts(a.source ?? '', b.source ?? '');

const timeOf = ({ received, seen }: Timed): string => (received === '' ? seen : received);

const last = <A>(items: readonly A[], order: (a: A, b: A) => number): A | undefined =>
  items.reduce<A | undefined>((best, item) => (best === undefined || order(item, best) >= 0 ? item : best), undefined);
