import type { Deadlines } from '../model/deadlines.ts';
import { termsText } from '../gradebook/store/attemptTimes.ts';
import { hasOwnDue, timesOf } from './deadlines.ts';
import { type HandIn, isTimed } from './handInsOf.ts';

const LONG_AGO = new Date(0).toISOString();
const DUE_LONG_AGO = { at: LONG_AGO, zone: 'UTC' };

/** When something was handed in and when it was due, as far as this run knows either. */
export function recordedTimes(given: Deadlines, handIn: HandIn) {
  // A time that a person gives is that of the last attempt; of an earlier one it is the latest possible.
  const isOwn = handIn.age > 0 && isTimed(handIn);
  const deadlines = isOwn ? { ...given, handedIn: {} } : given;
  // Without a due date the zone of a time that names none is unknown.
  const dated = deadlines.due ? handIn : { ...handIn, handedInLocal: undefined };
  const received = timesOf({ ...deadlines, due: deadlines.due ?? DUE_LONG_AGO }, dated)?.handedInAt;
  const timesWith = (slipDaysElsewhere: number) =>
    timesOf(deadlines, { ...handIn, handedInAt: handIn.handedInAt ?? LONG_AGO }, slipDaysElsewhere);
  const at = timesWith(0)?.dueAt;
  const isExtended = hasOwnDue(deadlines, handIn);
  const isKept = deadlines.isKept === true;
  const isOfAll = deadlines.isOfAll === true && !isKept;
  const terms = (slipDaysElsewhere: number) => termsText(timesWith(slipDaysElsewhere)!);
  return { received, due: at === undefined ? undefined : { at, isExtended, isOfAll, isKept, terms } };
}
