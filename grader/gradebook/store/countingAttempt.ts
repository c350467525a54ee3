import type { AttemptTable, Counts } from './tables.ts';

type Countable = Pick<AttemptTable, 'received' | 'seen' | 'score' | 'late_seconds' | 'state'>;

/**
 * The attempt that counts. An attempt that cannot be graded counts like any other, unless the best one is wanted: no older
 * score speaks for it.
 *
 * @returns undefined if there is none
 */
export function countingAttempt<A extends Countable>(attempts: readonly A[], counts: Counts): A | undefined {
  if (counts === 'best') return last(attempts, (a, b) => a.score - b.score || later(a, b));
  if (counts === 'latest') return last(attempts, later);
  const inTime = attempts.filter(({ late_seconds: late }) => late <= 0);
  return last(inTime.length > 0 ? inTime : attempts, later);
}

/** By when they were handed in, as far as both are known; otherwise by when a download last had them. */
const later = (a: Countable, b: Countable): number =>
  (a.received !== '' && b.received !== '' ? compare(a.received, b.received) : 0) || compare(a.seen, b.seen);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const last = <A>(items: readonly A[], order: (a: A, b: A) => number): A | undefined =>
  items.reduce<A | undefined>((best, item) => (best === undefined || order(item, best) >= 0 ? item : best), undefined);
