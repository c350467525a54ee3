import { byOrder, type Person, personsOf } from './people.ts';
import type { Database } from './tables.ts';

const CHUNK = 2000;

/** The students of the course who handed in nothing for an assignment, by name. */
export async function absentFrom(db: Database, assignment: string): Promise<Person[]> {
  const rows = await db
    .selectFrom('students')
    .select('students.id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('members')
            .innerJoin('attempts', 'attempts.team', 'members.team')
            .select('attempts.id')
            .whereRef('members.student', '=', 'students.id')
            .where('attempts.assignment', '=', assignment),
        ),
      ),
    )
    .execute();
  const persons: Person[] = [];
  for (let at = 0; at < rows.length; at += CHUNK)
    persons.push(
      ...(await personsOf(
        db,
        rows.slice(at, at + CHUNK).map(({ id }) => id),
        assignment,
      )),
    );
  return persons.sort(byOrder);
}
