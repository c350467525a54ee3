import { compareTexts } from '../../common/compareTexts.ts';
import { foldedText } from '../../common/foldedText.ts';
import { groupBy } from '../../common/groupBy.ts';
import { IdSystem, type Student } from '../../model/student.ts';
import { keyOf } from './CourseGradebook.ts';
import type { Database, Tables } from './tables.ts';

/** A student as the gradebook has them. */
export interface Person extends Student {
  /** The gradebook's own key. */
  readonly id: string;
}

/** Moodle numbers the participants of each assignment anew: its numbers are kept with the assignment. */
export const systemIn = (system: string, assignment: string): string =>
  system === 'moodle' ? `${system} ${assignment}` : system;

/** Undefined if it is of another assignment; `assignment` is undefined for ids of any. */
function systemOf(stored: string, assignment: string | undefined): IdSystem | undefined {
  const [system] = stored.split(' ');
  return IdSystem.options.find(
    (each) => each === system && (assignment === undefined || systemIn(each, assignment) === stored),
  );
}

/** Those who have one of the student's ids, in the order of the systems. */
export async function personsWithIds(db: Database, { ids }: Student, assignment: string): Promise<Person[]> {
  const found: string[] = [];
  for (const system of IdSystem.options) {
    const value = ids[system];
    if (value === undefined) continue;
    const row = await db
      .selectFrom('student_ids')
      .select('student')
      .where('system', '=', systemIn(system, assignment))
      .where('value_key', '=', foldedText(value))
      .executeTakeFirst();
    if (row && !found.includes(row.student)) found.push(row.student);
  }
  return personsOf(db, found, assignment);
}

/** The system of a second address: it is kept with the ids, and is none. */
export const ADDRESS = 'address';

/** Those who have this address, or had it before two students were joined. */
export async function personsAt(db: Database, email: string, assignment?: string): Promise<Person[]> {
  const rows = await db.selectFrom('students').select('id').where('email_key', '=', email).orderBy('id').execute();
  const others = await db
    .selectFrom('student_ids')
    .select('student as id')
    .where('system', '=', ADDRESS)
    .where('value_key', '=', email)
    .execute();
  return personsOf(db, [...new Set([...rows, ...others].map(({ id }) => id))], assignment);
}

/** Those who have, or had, a name of this key. */
export async function personsNamed(db: Database, key: string, assignment?: string): Promise<Person[]> {
  const rows = await db.selectFrom('names').select('student').where('name_key', '=', key).orderBy('student').execute();
  return personsOf(
    db,
    rows.map(({ student }) => student),
    assignment,
  );
}

/** Those of whom no id of any assignment and no address is known. */
export async function namedOnly(db: Database, persons: readonly Person[]): Promise<Person[]> {
  if (persons.length === 0) return [];
  const ids = persons.map(({ id }) => id);
  const rows = await db.selectFrom('student_ids').select('student').where('student', 'in', ids).distinct().execute();
  const known = new Set(rows.map(({ student }) => student));
  return persons.filter(({ id, email }) => email === undefined && !known.has(id));
}

/**
 * Those whom a person may mean by a text: an id of any system, an address, or a name.
 *
 * @param assignment - ids of other assignments are left out; none are if it is undefined
 */
export async function personsCalled(db: Database, text: string, assignment?: string): Promise<Person[]> {
  const key = foldedText(text);
  if (key === '') return [];
  const rows = await db.selectFrom('student_ids').select(['student', 'system']).where('value_key', '=', key).execute();
  const byId = rows.filter(({ system }) => systemOf(system, assignment) !== undefined);
  if (byId.length > 0) return personsOf(db, [...new Set(byId.map(({ student }) => student))], assignment);
  const byEmail = await personsAt(db, key, assignment);
  if (byEmail.length > 0) return byEmail;
  const byName = await personsNamed(db, key, assignment);
  return byName.length > 0 || !key.startsWith(PSEUDONYM) ? byName : personsOf(db, await idsOfPseudonym(db, key));
}

const PSEUDONYM = 'student-';

async function idsOfPseudonym(db: Database, pseudonym: string): Promise<string[]> {
  const rows = await db.selectFrom('students').select('id').execute();
  return rows.map(({ id }) => id).filter((id) => pseudonymOf(id) === pseudonym);
}

/**
 * The students of these keys, in this order.
 *
 * @param assignment - ids of other assignments are left out; if it is undefined, one of each system is shown
 */
export async function personsOf(db: Database, keys: readonly string[], assignment?: string): Promise<Person[]> {
  if (keys.length === 0) return [];
  const students = await db.selectFrom('students').selectAll().where('id', 'in', keys).execute();
  const ids = await db.selectFrom('student_ids').selectAll().where('student', 'in', keys).execute();
  const byKey = new Map(personsFrom(students, ids, assignment).map((person) => [person.id, person]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** Rows of students, in their order, with those of their ids. */
export function personsFrom(
  students: readonly Pick<Tables['students'], 'id' | 'name' | 'email'>[],
  ids: readonly Omit<Tables['student_ids'], 'value_key'>[],
  assignment?: string,
): Person[] {
  const idsOf = groupBy(ids, ({ student }) => student);
  return students.map(({ id, name, email }) => ({
    ...{ id, name, ...(email === '' ? {} : { email }) },
    ids: Object.fromEntries(
      (idsOf.get(id) ?? []).flatMap(({ system, value }) => {
        const known = systemOf(system, assignment);
        return known === undefined ? [] : [[known, value]];
      }),
    ),
  }));
}

/** What students are sorted by: two of one name are in the same order everywhere, if an id distinguishes them. */
export const orderOf = ({ name, ids, id }: Person): string =>
  [name, ...IdSystem.options.map((system) => ids[system] ?? ''), id].join('\0');

/** Compares two of them by it. */
export const byOrder = (a: Person, b: Person): number => compareTexts(orderOf(a), orderOf(b));

/** A name that says nothing about a student, the same over the whole course. */
export const pseudonymOf = (id: string): string => `${PSEUDONYM}${keyOf('pseudonym', id).slice(0, 8)}`;
