import type { Deadlines } from '../model/deadlines.ts';
import { type HandInTimes, handInTimes } from '../score/handInTimes.ts';
import type { HandIn } from './handInsOf.ts';

/** When a hand-in of a class was due and when it was handed in, as far as that is known. */
export const timesOf = (deadlines: Deadlines, handIn: HandIn): HandInTimes | undefined =>
  handInTimes(deadlines, calledLike(handIn), handIn.handedInAt);

/**
 * The names by which the course's file may refer to those who handed in: a group has several ids, names and addresses.
 */
const calledLike = ({ id, name, email = '' }: HandIn): string[] => [
  ...new Set([id, name, email, ...id.split('+'), ...name.split(', '), ...email.split(', ')]),
];

/** Warnings about deadlines that do not fit the class: names that match no hand-in, and unknown times. */
export function deadlineNotes(deadlines: Deadlines, handIns: readonly HandIn[]): string[] {
  const known = new Set(handIns.flatMap(calledLike));
  const named = [...Object.keys(deadlines.extensions), ...Object.keys(deadlines.handedIn)];
  const unmatched = [...new Set(named)].filter((name) => !known.has(name));
  const timeless = deadlines.due === undefined ? [] : handIns.filter((handIn) => !timesOf(deadlines, handIn));
  return [
    ...(deadlines.unreadable.length > 0 ? [`hand-in times that cannot be read: ${some(deadlines.unreadable)}`] : []),
    ...(unmatched.length > 0 ? [`names in the deadlines that match no submission: ${some(unmatched)}`] : []),
    ...(timeless.length > 0
      ? [`treated as in time, because the hand-in time is unknown: ${some(timeless.map(({ name }) => name))}`]
      : []),
  ];
}

const MOST = 10;
const some = (names: readonly string[]): string =>
  names.slice(0, MOST).join(', ') + (names.length > MOST ? ` and ${names.length - MOST} more` : '');
