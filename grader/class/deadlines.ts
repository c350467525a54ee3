import type { Deadlines } from '../model/deadlines.ts';
import { type HandInTimes, handInTimes } from '../score/handInTimes.ts';
import type { Handin } from './handInsOf.ts';

/** When a hand-in of a class was due and when it came, as far as that is known. */
export const timesOf = (deadlines: Deadlines, handin: Handin): HandInTimes | undefined =>
  handInTimes(deadlines, calledLike(handin), handin.handedInAt);

/** What the course's file may call those who handed in: a group has several ids, names and addresses. */
const calledLike = ({ id, name, email = '' }: Handin): string[] => [
  ...new Set([id, name, email, ...id.split('+'), ...name.split(', '), ...email.split(', ')]),
];

/** What a person should know about deadlines that do not fit the class: names of nobody, and unknown times. */
export function deadlineNotes(deadlines: Deadlines, handins: readonly Handin[]): string[] {
  const known = new Set(handins.flatMap(calledLike));
  const named = [...Object.keys(deadlines.extensions), ...Object.keys(deadlines.handedIn)];
  const nobody = [...new Set(named)].filter((name) => !known.has(name));
  const timeless = deadlines.due === undefined ? [] : handins.filter((handin) => !timesOf(deadlines, handin));
  return [
    ...(nobody.length > 0 ? [`in the deadlines, and nobody’s here: ${some(nobody)}`] : []),
    ...(timeless.length > 0
      ? [`counted as in time, because nothing tells when they came: ${some(timeless.map(({ name }) => name))}`]
      : []),
  ];
}

const MOST = 10;
const some = (names: readonly string[]): string =>
  names.slice(0, MOST).join(', ') + (names.length > MOST ? ` and ${names.length - MOST} more` : '');
