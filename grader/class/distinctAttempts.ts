import type { Counts } from '../gradebook/store/tables.ts';
import { earlierAttempts, type HandIn, isTimed } from './handInsOf.ts';

/**
 * A hand-in without those of its attempts of which a later one is the same work. The later one stands for both, and is as
 * old as the first: handing the same in again does not make it late. If the latest attempt counts, other work in between
 * makes it new work.
 *
 * @param digestOf - of the work of an attempt; undefined if it cannot be read
 */
export async function distinctAttempts(
  handIn: HandIn,
  counts: Counts,
  digestOf: (attempt: HandIn) => Promise<string | undefined>,
): Promise<HandIn> {
  if (handIn.earlier.length === 0) return handIn;
  const kept: HandIn[] = [];
  const byDigest = new Map<string, number>();
  for (const attempt of [handIn, ...earlierAttempts(handIn).reverse()]) {
    const digest = await digestOf(attempt);
    const later = digest === undefined ? undefined : byDigest.get(digest);
    if (later === undefined) {
      if (digest !== undefined) byDigest.set(digest, kept.length);
      kept.push(attempt);
    } else if (counts !== 'latest' || later === kept.length - 1) kept[later] = asEarlyAs(kept[later], attempt);
  }
  const [last, ...earlier] = kept;
  return { ...last, earlier: earlier.reverse() };
}

const asEarlyAs = (attempt: HandIn, first: HandIn): HandIn => ({
  ...attempt,
  isLate: attempt.isLate && first.isLate,
  ...(isTimed(first) ? { handedInAt: first.handedInAt, handedInLocal: first.handedInLocal } : {}),
});
