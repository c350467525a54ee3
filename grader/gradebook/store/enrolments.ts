import type { Student } from '../../model/student.ts';
import { knownOn } from '../roster/knownOn.ts';
import type { CourseGradebook } from './CourseGradebook.ts';
import type { Ambiguity } from './teamOf.ts';
import { personFor, sharedNamesOf } from './personFor.ts';
import { personsOf } from './people.ts';
import type { Database } from './tables.ts';

/** A student with what a roster says beside who it is. */
export interface Enrolled extends Student {
  readonly section?: string | undefined;
  readonly team?: string | undefined;
}

/**
 * Keeps a roster: who is in the course, and in which section and team. It replaces what an earlier one says of the same
 * students, and nothing of others.
 *
 * @returns the students who could be several of the gradebook
 */
export function recordRoster(book: CourseGradebook, roster: readonly Enrolled[]): Promise<Ambiguity[]> {
  return book.write(async (db) => {
    const known = await knownOn(db, roster);
    const naming = { assignment: '', source: '', called: [], sharedNames: sharedNamesOf(roster), known };
    const ambiguities: Ambiguity[] = [];
    for (const student of roster) {
      const { section = '', team = '' } = student;
      const { id, candidates } = await personFor(db, student, undefined, naming);
      if (candidates.length > 1) ambiguities.push({ student, candidates });
      await db
        .insertInto('enrolments')
        .values({ student: id, section, team })
        .onConflict((conflict) => conflict.column('student').doUpdateSet({ section, team }))
        .execute();
    }
    return ambiguities;
  });
}

/** The roster as the gradebook keeps it. */
export async function keptRoster(db: Database): Promise<Enrolled[]> {
  const rows = await db.selectFrom('enrolments').selectAll().orderBy('student').execute();
  const enrolled: Enrolled[] = [];
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK);
    const persons = await personsOf(
      db,
      chunk.map(({ student }) => student),
    );
    const byId = new Map(persons.map((person) => [person.id, person]));
    for (const { student, section, team } of chunk) {
      const person = byId.get(student);
      if (!person) continue;
      const { id: _, ...known } = person;
      enrolled.push({ ...known, ...(section && { section }), ...(team && { team }) });
    }
  }
  return enrolled;
}

const CHUNK = 2000;

/** The sections and teams of these students, as far as a roster says. */
export async function enrolmentsOf(
  db: Database,
  students: readonly string[],
): Promise<Map<string, { readonly section: string; readonly team: string }>> {
  if (students.length === 0) return new Map();
  const rows = await db.selectFrom('enrolments').selectAll().where('student', 'in', students).execute();
  return new Map(rows.map(({ student, section, team }) => [student, { section, team }]));
}

/** All sections of the course, as rosters write them. */
export async function sectionsIn(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('enrolments').select('section').distinct().orderBy('section').execute();
  return rows.map(({ section }) => section).filter((section) => section !== '');
}
