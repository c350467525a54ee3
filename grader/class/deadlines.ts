import { foldedText } from '../common/foldedText.ts';
import { groupBy } from '../common/groupBy.ts';
import { zonedMomentOf } from '../common/time.ts';
import type { CourseDeadline, Deadlines } from '../model/deadlines.ts';
import { type HandInTimes, handInTimes } from '../score/handInTimes.ts';
import { withoutSuffix } from '../platforms/archiveKinds.ts';
import type { HandIn } from './handInsOf.ts';
import { whoHandedIn } from './whoIs.ts';

/** Deadlines with the due date that the gradebook kept, unless they have one. */
export const withKept = (deadlines: Deadlines, kept: CourseDeadline | undefined): Deadlines =>
  deadlines.due || !kept
    ? deadlines
    : {
        ...{ ...deadlines, due: kept.due, isKept: true },
        ...{ grace: deadlines.grace ?? kept.grace, slipDays: deadlines.slipDays ?? kept.slipDays },
      };

/**
 * When a hand-in of a class was due and when it was handed in, as far as that is known.
 *
 * @param deadlines - as `deadlinesFor` fits them to the class
 * @param slipDaysElsewhere - see `handInTimes`
 */
export const timesOf = (deadlines: Deadlines, handIn: HandIn, slipDaysElsewhere?: number): HandInTimes | undefined =>
  handInTimes(deadlines, calledLike(handIn), receivedAt(deadlines, handIn), slipDaysElsewhere);

/** A time without a zone is one on the clock of the due date. */
const receivedAt = ({ due }: Deadlines, { handedInAt, handedInLocal }: HandIn): string | undefined =>
  handedInAt ?? (due && handedInLocal !== undefined ? zonedMomentOf(handedInLocal, due.zone)?.at : undefined);

/** Whether the course's file says how much time a hand-in has. */
export const hasOwnDue = ({ extensions }: Deadlines, handIn: HandIn): boolean =>
  calledLike(handIn).some((name) => Object.hasOwn(extensions, name));

/**
 * The names by which the course's file may refer to those who handed in, the folder's among them: a group has several
 * ids, names and addresses.
 */
function calledLike({ id, name, email = '', students, source }: HandIn): string[] {
  const shown = [withoutSuffix(source), id, name, email, ...id.split('+'), ...name.split(', '), ...email.split(', ')];
  const own = students.flatMap((student) => [student.name, student.email ?? '', ...Object.values(student.ids)]);
  return [...new Set([...shown, ...own])].filter((called) => called !== '');
}

const namesIn = ({ extensions, handedIn, slipDays }: Deadlines): string[] => [
  ...new Set([...Object.keys(extensions), ...Object.keys(handedIn), ...Object.keys(slipDays?.used ?? {})]),
];

/** Deadlines as they apply to a class, and what does not fit. */
export interface ClassDeadlines {
  readonly deadlines: Deadlines;
  /** A line for each problem. */
  readonly notes: readonly string[];
}

/**
 * Fits the deadlines of the course's file to a class: a number that YAML has read without its leading zeros is written
 * as the id of the student, and a name that several students share is left out, because it is not known whose it is.
 */
export function deadlinesFor(deadlines: Deadlines, handIns: readonly HandIn[]): ClassDeadlines {
  // A name as it is written comes before one that only compares as equal.
  const ways = [(name: string) => name, foldedText, withoutZeros];
  const tiers = ways.map((keyOf) => ({ keyOf, found: handInsBy(handIns, keyOf) }));
  const unmatched: string[] = [];
  const notes: string[] = [];
  const keyOf = new Map<string, string | undefined>();
  for (const name of namesIn(deadlines)) {
    const [found = []] = tiers.flatMap(({ keyOf, found }) => {
      const key = keyOf(name);
      return key !== undefined && found.has(key) ? [found.get(key)!] : [];
    });
    const owners = [...new Set(found.map(({ handIn }) => handIn))];
    if (owners.length === 0) unmatched.push(name);
    if (owners.length > 1) notes.push(ambiguous(name, owners));
    keyOf.set(name, owners.length > 1 ? undefined : (found[0]?.called ?? name));
  }
  const fitted = {
    ...deadlines,
    extensions: renamed(deadlines.extensions, keyOf),
    handedIn: renamed(deadlines.handedIn, keyOf),
    slipDays: deadlines.slipDays && { ...deadlines.slipDays, used: renamed(deadlines.slipDays.used, keyOf) },
  };
  return { deadlines: fitted, notes: [...notes, ...generalNotes(fitted, unmatched, handIns)] };
}

/** A number as YAML and spreadsheets read it; undefined if it is not one. */
const withoutZeros = (text: string): string | undefined =>
  /^\d+$/u.test(text.trim()) ? text.trim().replace(/^0+(?=\d)/u, '') : undefined;

interface Called {
  readonly called: string;
  readonly handIn: HandIn;
}

function handInsBy(
  handIns: readonly HandIn[],
  keyOf: (name: string) => string | undefined,
): ReadonlyMap<string | undefined, readonly Called[]> {
  const all = handIns.flatMap((handIn) => calledLike(handIn).map((called) => ({ called, handIn })));
  return groupBy(all, ({ called }) => keyOf(called));
}

function renamed<T>(
  byName: Readonly<Record<string, T>>,
  keyOf: ReadonlyMap<string, string | undefined>,
): Record<string, T> {
  const entries = Object.entries(byName).flatMap(([name, value]): [string, T][] => {
    const key = keyOf.get(name);
    return key === undefined ? [] : [[Object.hasOwn(byName, key) ? name : key, value]];
  });
  return Object.fromEntries(entries);
}

const ambiguous = (name: string, owners: readonly HandIn[]): string =>
  `"${name}" in the deadlines may be ${owners.map(whoHandedIn).join(' or ')}, and was left out; write an id or an address`;

/** Warnings about deadlines that do not fit the class, and about times that may be read otherwise. */
function generalNotes(deadlines: Deadlines, unmatched: readonly string[], handIns: readonly HandIn[]): string[] {
  const isLocal = ({ handedInAt, handedInLocal }: HandIn) => handedInAt === undefined && handedInLocal !== undefined;
  const zone = handIns.some(isLocal) ? deadlines.due?.zone : undefined;
  return [
    ...(deadlines.unreadable.length > 0 ? [`hand-in times that cannot be read: ${someOf(deadlines.unreadable)}`] : []),
    ...(unmatched.length > 0 ? [`names in the deadlines that match no submission: ${someOf(unmatched)}`] : []),
    ...(zone === undefined
      ? []
      : [`the hand-in times of the download have no zone, and are read as those of the due date (${zone})`]),
  ];
}

const MOST = 10;
export const someOf = (names: readonly string[]): string =>
  names.slice(0, MOST).join(', ') + (names.length > MOST ? ` and ${names.length - MOST} more` : '');
