import { classFolder } from '../classFolder.ts';
import { RosterIndex } from '../roster/RosterIndex.ts';
import { attemptsOf, membersOf, teamsOf } from './attempts.ts';
import { moveWork } from './moveWork.ts';
import { namedOnly, type Person } from './people.ts';
import type { AttemptTable, Database } from './tables.ts';

/**
 * Gives a student the work that was kept apart under a name alone, once the same work is in the same class under an id
 * or an address, and not under that name any more. What people gave it is the student's as well.
 *
 * @param sources - the names of all hand-ins of the class
 * @returns who it was kept apart as; undefined if there is no such work, or the team has several students
 */
export async function adoptWork(
  db: Database,
  { assignment, team, digest, folder }: Pick<AttemptTable, 'assignment' | 'team' | 'digest' | 'folder'>,
  sources: ReadonlySet<string>,
): Promise<Person | undefined> {
  const rows = await db
    .selectFrom('attempts')
    .select(['team', 'folder', 'source'])
    .where('assignment', '=', assignment)
    .where('digest', '=', digest)
    .where('team', '!=', team)
    .execute();
  const gone = rows.filter((row) => !sources.has(row.source) && classFolder(row.folder) === classFolder(folder));
  const [student, ...others] = gone.length === 0 ? [] : await membersOf(db, team, assignment);
  if (!student || others.length > 0 || (await namedOnly(db, [student])).length > 0) return undefined;
  const index = new RosterIndex([student]);
  for (const row of gone) {
    const [person, ...more] = await membersOf(db, row.team, assignment);
    if (!person || more.length > 0 || index.find(person).candidates.length === 0) continue;
    if ((await namedOnly(db, [person])).length === 0) continue;
    await moveWork(db, row.team, team, assignment);
    const requests = db.updateTable('requests').where('assignment', '=', assignment);
    await requests.where('student', '=', person.id).set({ student: student.id }).execute();
    await removeIfEmpty(db, person.id);
    return person;
  }
  return undefined;
}

/** A name without work was only that of a folder, unless somebody has decided on it. */
async function removeIfEmpty(db: Database, student: string): Promise<void> {
  const teams = await teamsOf(db, student);
  const hasWork = (await attemptsOf(db, teams, undefined)).length > 0;
  for (const table of ['enrolments', 'requests', 'joins'] as const)
    if (hasWork || (await db.selectFrom(table).select('student').where('student', '=', student).executeTakeFirst()))
      return;
  for (const table of ['members', 'names'] as const)
    await db.deleteFrom(table).where('student', '=', student).execute();
  await db.deleteFrom('students').where('id', '=', student).execute();
}
