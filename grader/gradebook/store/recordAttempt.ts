import { isDeepStrictEqual } from 'node:util';
import { compareTexts } from '../../common/compareTexts.ts';
import type { Student } from '../../model/student.ts';
import { applyLatePolicy } from '../../score/applyLatePolicy.ts';
import { adoptWork } from './adoptWork.ts';
import { type Attempt, attemptOf, attemptsOf, membersOf } from './attempts.ts';
import { timesOfAttempt } from './attemptTimes.ts';
import { type CourseGradebook, keyOf, now } from './CourseGradebook.ts';
import { teamsLeftBehind } from './entries.ts';
import type { Person } from './people.ts';
import type { Naming } from './personFor.ts';
import { type Due, type NewDue, setDue } from './setDue.ts';
import type { AttemptTable, Database } from './tables.ts';
import { type Ambiguity, teamOf } from './teamOf.ts';

/** What a download says about somebody's work. */
export interface HandedIn {
  readonly students: readonly Student[];
  /** What the download calls each student, if it has only a name for them. */
  readonly called?: readonly (string | undefined)[] | undefined;
  /** Of the deliverables; of the reason if they cannot be read. */
  readonly digest: string;
  /** ISO 8601 in UTC, if known. */
  readonly received: string | undefined;
  /** Undefined if this run of a command knows no due date. */
  readonly due: Due | undefined;
  readonly source: string;
  /** The names of all that is handed in with it, of this class. */
  readonly sources?: ReadonlySet<string> | undefined;
  /** The folder of its report. */
  readonly folder: string;
  /** When this run of a command began: what it records at once has one time. */
  readonly at?: string | undefined;
  /** Whether the platform says of work in an earlier download that it came later. */
  readonly isOlderThan?: ((source: string) => boolean) | undefined;
}

/** What became known by recording an attempt. */
export interface Recorded {
  readonly attempt: Attempt;
  readonly ambiguities: readonly Ambiguity[];
  /** Undefined unless the team's due date is another one now, also for its earlier attempts. */
  readonly newDue: NewDue | undefined;
  /** Other people for whom the same work was recorded, at the same place, until now. */
  readonly formerTeam: readonly Person[];
  /** Teams to which something was given that does not count for this one, if that is new: see `teamsLeftBehind`. */
  readonly leftBehind: readonly (readonly Person[])[];
  /** Those of the team now. */
  readonly students: readonly Person[];
}

/**
 * Records what a team handed in. The same work of the same team is one attempt, under whatever name and however often it
 * is recorded; what an earlier run knew of times is kept. Work that is seen again is as old as it was, unless it takes
 * the place of later work of which the platform does not say that it came later.
 *
 * @param sharedNames - see `Naming`
 */
export function recordAttempt(
  book: CourseGradebook,
  assignment: string,
  handedIn: HandedIn,
  sharedNames: ReadonlySet<string>,
): Promise<Recorded> {
  return book.write(async (db) => {
    const { digest, source, folder, students, called = [], sources, at = now() } = handedIn;
    const naming: Naming = { assignment, source, called, sharedNames };
    const { team, ambiguities } = await teamOf(db, students, naming);
    const work = { id: keyOf(assignment, team, digest), assignment, team, digest, folder };
    const earlier = await attemptsOf(db, [team], assignment);
    const isNew = earlier.every(({ id }) => id !== work.id);
    const later = earlier.filter((each) => handedIn.isOlderThan?.(each.source)).map((each) => each.seen);
    const seen = later.length > 0 ? justBefore(later.toSorted(compareTexts)[0]) : at;
    const keptApart = sources && isNew ? await adoptWork(db, work, sources) : undefined;
    await db
      .insertInto('attempts')
      .values({
        ...{ ...work, received: handedIn.received ?? '', source, recorded: at, seen },
        ...{ state: 'pending', reason: '', result: '', held: 0, waiting: '', score: -1, out_of: 0 },
        ...{ pending: 0, late_seconds: 0 },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const former = await formerTeamOf(db, work);
    await takePlace(db, work.id, handedIn, at);
    const newDue = handedIn.due && (await setDue(db, assignment, team, handedIn.due));
    const attempt = (await attemptOf(db, work.id))!;
    const late = newDue === undefined ? [attempt] : await attemptsOf(db, [team], assignment);
    for (const each of late) if (each.result === '') await setLate(db, each);
    const isNewTheirs = earlier.length === 0 || former !== undefined;
    const leftBehind = isNewTheirs ? await teamsLeftBehind(db, assignment, team, former) : [];
    const formerTeam = former === undefined ? [] : await membersOf(db, former, assignment);
    return {
      ...{ attempt, ambiguities, newDue },
      formerTeam: keptApart ? [keptApart] : formerTeam,
      leftBehind: await Promise.all(leftBehind.map((each) => membersOf(db, each, assignment))),
      students: await membersOf(db, team, assignment),
    };
  });
}

const justBefore = (time: string): string => new Date(Date.parse(time) - 1).toISOString();

/** A folder is the report's of the last attempt that was put there. */
async function takePlace(
  db: Database,
  id: string,
  { received = '', source, folder, isOlderThan = () => false }: HandedIn,
  at: string,
): Promise<void> {
  const others = await db
    .selectFrom('attempts')
    .select(['id', 'source'])
    .where('folder', '=', folder)
    .where('id', '!=', id)
    .execute();
  for (const other of others) await db.updateTable('attempts').set({ folder: '' }).where('id', '=', other.id).execute();
  await updateIfOther(db, id, {
    ...{ source, folder },
    ...(others.some((other) => !isOlderThan(other.source)) ? { seen: at } : {}),
    ...(received === '' ? {} : { received }),
  });
}

/** A class that is graded again changes nothing: only a row that is written has to reach the disk. */
async function updateIfOther(db: Database, id: string, values: Partial<AttemptTable>): Promise<void> {
  const known = await db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  if (isDeepStrictEqual({ ...known, ...values }, known)) return;
  await db.updateTable('attempts').set(values).where('id', '=', id).execute();
}

async function formerTeamOf(
  db: Database,
  { assignment, team, digest, folder }: Pick<AttemptTable, 'assignment' | 'team' | 'digest' | 'folder'>,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('attempts')
    .select('team')
    .where('folder', '=', folder)
    .where('assignment', '=', assignment)
    .where('digest', '=', digest)
    .where('team', '!=', team)
    .executeTakeFirst();
  return row?.team;
}

/** Late work that has no score is late as well: it does not count if only work in time does. */
async function setLate(db: Database, attempt: Attempt): Promise<void> {
  const times = timesOfAttempt(attempt);
  if (!times) return;
  const late_seconds = applyLatePolicy(undefined, times, 0)?.seconds ?? 0;
  await updateIfOther(db, attempt.id, { late_seconds });
}
