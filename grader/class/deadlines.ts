import { groupBy } from '../common/groupBy.ts';
import { zonedMomentOf } from '../common/time.ts';
import { studentFolder } from '../gradebook/classFolder.ts';
import type { CourseDeadline, Deadlines, NamesOf } from '../model/deadlines.ts';
import { type HandInTimes, handInTimes } from '../score/handInTimes.ts';
import { calledLike, ClassNames, type Meaning } from './ClassNames.ts';
import type { HandIn } from './handInsOf.ts';
import type { KnownHandIns } from './knownHandIns.ts';
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
export function timesOf(deadlines: Deadlines, handIn: HandIn, slipDaysElsewhere?: number): HandInTimes | undefined {
  const { all, timed } = namesOf(deadlines, handIn);
  const known = timed.filter((name) => Object.hasOwn(deadlines.handedIn, name));
  const handedIn = Object.fromEntries(known.map((name) => [name, deadlines.handedIn[name]]));
  return handInTimes({ ...deadlines, handedIn }, all, receivedAt(deadlines, handIn), slipDaysElsewhere);
}

/** A time without a zone is one on the clock of the due date. */
const receivedAt = ({ due }: Deadlines, { handedInAt, handedInLocal }: HandIn): string | undefined =>
  handedInAt ?? (due && handedInLocal !== undefined ? zonedMomentOf(handedInLocal, due.zone)?.at : undefined);

/** Whether the course's file says how much time a hand-in has. */
export const hasOwnDue = (deadlines: Deadlines, handIn: HandIn): boolean =>
  namesOf(deadlines, handIn).all.some((name) => Object.hasOwn(deadlines.extensions, name));

function namesOf({ names }: Deadlines, handIn: HandIn): NamesOf {
  const called = () => ({ all: calledLike(handIn), timed: calledLike(handIn) });
  return names ? (names.get(studentFolder(handIn.folder)) ?? NAMELESS) : called();
}

const NAMELESS: NamesOf = { all: [], timed: [] };

/** Deadlines as they apply to a class, and what does not fit. */
export interface ClassDeadlines {
  readonly deadlines: Deadlines;
  /** A line for each problem. */
  readonly notes: readonly string[];
}

/**
 * Fits the deadlines of the course's file to a class: finds whom each name in it means. A name that several students
 * share is left out, because it is not known whose it is.
 *
 * @param known - whom the gradebook knows of the class: other names of theirs are found as well
 */
export function deadlinesFor(
  deadlines: Deadlines,
  handIns: readonly HandIn[],
  known: KnownHandIns = new Map(),
): ClassDeadlines {
  const names = new ClassNames(handIns, known);
  const unmatched: string[] = [];
  const notes: string[] = [];
  const meanings = new Map<string, Meaning>();
  for (const name of namesIn(deadlines)) {
    const [meaning, ...others] = names.meaningsOf(name);
    if (!meaning) unmatched.push(name);
    else if (others.length === 0) meanings.set(name, meaning);
    else notes.push(ambiguous(name, [...new Set([meaning, ...others].flatMap(({ theirs }) => theirs))]));
  }
  const fitted = { ...deadlines, names: namesByFolder(deadlines, meanings) };
  return { deadlines: fitted, notes: [...notes, ...generalNotes(fitted, unmatched, handIns)] };
}

/** True if deadlines name anybody. */
export const nameSomebody = (deadlines: Deadlines): boolean => namesIn(deadlines).length > 0;

const namesIn = ({ extensions, handedIn, slipDays }: Deadlines): string[] => [
  ...new Set([...Object.keys(extensions), ...Object.keys(handedIn), ...Object.keys(slipDays?.used ?? {})]),
];

/**
 * Time that a student is given is that of all their hand-ins. The time when one was handed in is not another one's: a
 * name that only the gradebook has says it if no other name does.
 */
function namesByFolder({ handedIn }: Deadlines, meanings: ReadonlyMap<string, Meaning>): Map<string, NamesOf> {
  const isTime = (name: string) => Object.hasOwn(handedIn, name);
  const names = [...meanings].flatMap(([name, { named, theirs }]) =>
    theirs.map((handIn) => ({ name, handIn, isNamed: named.includes(handIn), isElsewhere: named.length > 0 })),
  );
  const byFolder = groupBy(names, ({ handIn }) => studentFolder(handIn.folder));
  return new Map(
    [...byFolder].map(([folder, found]) => {
      const named = found.filter(({ isNamed }) => isNamed).map(({ name }) => name);
      const others = found.filter(({ isElsewhere }) => !isElsewhere).map(({ name }) => name);
      return [folder, { all: found.map(({ name }) => name), timed: named.some(isTime) ? named : others }];
    }),
  );
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
