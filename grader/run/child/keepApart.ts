import { type OwnArrays, RacingWrites } from '@im2grade/engine/realm';
import type { Values } from '../../model/examination.ts';
import { differ } from './differ.ts';

/**
 * Arrays of one member's own in place of the shared ones: it sees what the others write only after a barrier, and
 * members that write different numbers to one element have a race, however they were scheduled.
 *
 * For calls that are not timed: lengths are looked up where a submission may have changed them.
 *
 * @param own - this member's
 * @param pending - as `shared` at first; what members have written since the last barrier
 */
export function keepApart(own: readonly Values[], shared: readonly Values[], pending: readonly Values[]): OwnArrays {
  const publishElement = (array: number, i: number): void => {
    const written = own[array][i];
    if (!differ(written, shared[array][i])) return;
    const earlier = pending[array][i];
    if (differ(earlier, shared[array][i]) && differ(earlier, written))
      throw new RacingWrites(
        `two members write different numbers to element ${i} of output ${array}, with no barrier between the two`,
      );
    pending[array][i] = written;
  };
  const copy = (from: readonly Values[], to: readonly Values[]): void => {
    for (let array = 0; array < to.length; array++)
      for (let i = 0; i < to[array].length; i++) to[array][i] = from[array][i];
  };
  return {
    publish() {
      for (let array = 0; array < own.length; array++)
        for (let i = 0; i < own[array].length; i++) publishElement(array, i);
    },
    commit: () => copy(pending, shared),
    refresh: () => copy(shared, own),
  };
}
