import { foldedText } from '../../common/foldedText.ts';
import type { Student } from '../../model/student.ts';
import { keyOf } from './CourseGradebook.ts';
import type { Person } from './people.ts';
import { addName, type Naming, personFor } from './personFor.ts';
import type { Database } from './tables.ts';

/** A student who could be several of the gradebook. */
export interface Ambiguity {
  readonly student: Student;
  readonly candidates: readonly Person[];
}

/** The team of some students. Each is found by an id, a login, an address or, last of all, a name; someone new is added. */
export async function teamOf(
  db: Database,
  students: readonly Student[],
  naming: Naming,
): Promise<{ team: string; ambiguities: Ambiguity[] }> {
  const ambiguities: Ambiguity[] = [];
  const members: string[] = [];
  for (const [at, student] of students.entries()) {
    const called = naming.called[at];
    const { id, candidates } = await personFor(db, student, called, naming);
    if (candidates.length > 1) ambiguities.push({ student, candidates });
    members.push(id);
    if (called !== undefined && !naming.sharedNames.has(foldedText(called))) await addName(db, id, called);
  }
  return { team: await teamWith(db, members), ambiguities };
}

/** The team that consists of these students. */
export async function teamWith(db: Database, students: readonly string[]): Promise<string> {
  const team = teamKey(students);
  for (const student of new Set(students))
    await db
      .insertInto('members')
      .values({ team, student })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return team;
}

/** What the team of these students is called in the gradebook. */
export const teamKey = (students: readonly string[]): string => keyOf(...[...new Set(students)].sort());
