import { countsOf } from '../../gradebook/store/assignments.ts';
import { type Attempt, attemptsOf, membersOf } from '../../gradebook/store/attempts.ts';
import { countingAttempt } from '../../gradebook/store/countingAttempt.ts';
import { type Entry, entriesOf } from '../../gradebook/store/entries.ts';
import type { Person } from '../../gradebook/store/people.ts';
import type { Assignment } from '../../model/assignment.ts';
import type { Desk } from '../Desk.ts';
import { NotFound } from '../NotFound.ts';

/** What a team has handed in for an assignment, and one attempt that is looked at. */
export interface TeamWork {
  readonly team: string;
  readonly students: readonly Person[];
  /** The oldest first. */
  readonly attempts: readonly Attempt[];
  readonly counting: Attempt;
  readonly shown: Attempt;
  readonly entries: readonly Entry[];
  /** The deliverables of the attempt that is looked at, by path; empty if they could not be read. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * @param attempt - the id of the one to look at; the one that counts if it is undefined
 * @throws NotFound if there is no such team or attempt
 */
export async function teamWork(
  { book }: Pick<Desk, 'book'>,
  assignment: Assignment,
  team: string,
  attempt?: string,
): Promise<TeamWork> {
  const work = await book.read(async (db) => {
    const row = await db.selectFrom('assignments').select('counts').where('id', '=', assignment.id).executeTakeFirst();
    const attempts = await attemptsOf(db, [team], assignment.id);
    const counting = countingAttempt(attempts, countsOf(row?.counts ?? ''));
    const students = await membersOf(db, team, assignment.id);
    return { attempts, counting, students, entries: await entriesOf(db, assignment.id, team) };
  });
  const { attempts, counting } = work;
  if (!counting) throw new NotFound('There is no such team, or it has handed in nothing for this assignment.');
  const shown = attempt === undefined ? counting : attempts.find(({ id }) => id === attempt);
  if (!shown) throw new NotFound('There is no such attempt.');
  return { ...work, team, counting, shown, files: await filesOf({ book }, shown.digest) };
}

/** The deliverables of this digest, by path. */
export async function filesOf({ book }: Pick<Desk, 'book'>, digest: string): Promise<ReadonlyMap<string, string>> {
  const text = await book.submissions.read(digest);
  return new Map(text === undefined ? [] : (JSON.parse(text) as [string, string][]));
}
