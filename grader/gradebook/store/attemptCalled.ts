import { UsageError } from '../../model/errors.ts';
import { type Attempt, attemptsOf, teamsOf } from './attempts.ts';
import { countingAttempt, withoutFormerWork } from './countingAttempt.ts';
import { countsOf } from './assignments.ts';
import { type Person, personsCalled } from './people.ts';
import type { Database } from './tables.ts';

/**
 * The one student that a text means: an id of any system, an address, or a name.
 *
 * @param assignment - the one that an id is of, if the platform has other ids for each
 * @throws UsageError if there is none, or several
 */
export async function studentCalled(db: Database, text: string, assignment?: string): Promise<Person> {
  if (text.trim() === '') throw new UsageError('no student is named; name one by an id, an address or a name');
  const [first, ...others] = await personsCalled(db, text, assignment);
  if (!first) throw new UsageError(`${text}: no student of this id, address or name in the gradebook`);
  if (others.length === 0) return first;
  const named = [first, ...others].map(shownPerson).sort().join(', ');
  throw new UsageError(`${text} could be ${named}; name one by an id or an address`);
}

/** `Wei Zhang (moodle 41)`. */
export function shownPerson({ name, email, ids }: Person): string {
  const known = [
    ...Object.entries(ids).map(([system, id]) => `${system} ${id}`),
    ...(email === undefined ? [] : [email]),
  ];
  return known.length === 0 ? name : `${name} (${known.join(', ')})`;
}

/**
 * The attempt of a student that counts.
 *
 * @param assignment - undefined if the student handed in only one
 * @throws UsageError if there is none, or it is not clear for which assignment
 */
export async function attemptCalled(db: Database, text: string, assignment: string | undefined): Promise<Attempt> {
  const student = await studentCalled(db, text, assignment);
  const attempts = await attemptsOf(db, await teamsOf(db, student.id), assignment);
  const assignments = [...new Set(attempts.map((attempt) => attempt.assignment))];
  if (assignments.length === 0)
    throw new UsageError(`${text} has handed in nothing${assignment === undefined ? '' : ` for ${assignment}`}`);
  if (assignments.length > 1)
    throw new UsageError(`${text} has handed in ${assignments.join(', ')}; choose one with --assignment`);
  const row = await db.selectFrom('assignments').select('counts').where('id', '=', assignments[0]).executeTakeFirst();
  return countingAttempt(withoutFormerWork(attempts), countsOf(row?.counts ?? ''))!;
}
