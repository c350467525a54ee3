import { randomUUID } from 'node:crypto';
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

/** A student who could be several of the gradebook. */
export interface Ambiguity {
  readonly student: Student;
  readonly candidates: readonly Person[];
}

/**
 * The team of some students. Each is found by an id, a login, an address or, last of all, a name; someone new is added.
 *
 * @param sharedNames - keys of names that several of the students at hand have: nobody is found by one of these
 */
export async function teamOf(
  db: Database,
  students: readonly Student[],
  sharedNames: ReadonlySet<string>,
): Promise<{ team: string; ambiguities: Ambiguity[] }> {
  const ambiguities: Ambiguity[] = [];
  const members: string[] = [];
  for (const student of students) {
    const { id, candidates } = await personFor(db, student, sharedNames);
    if (candidates.length > 1) ambiguities.push({ student, candidates });
    members.push(id);
  }
  const unique = [...new Set(members)].sort();
  const team = keyOf(...unique);
  for (const student of unique)
    await db
      .insertInto('members')
      .values({ team, student })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  return { team, ambiguities };
}

/**
 * Who a student is, with what is new about them; someone new is added.
 *
 * @param sharedNames - see `teamOf`
 */
export async function personFor(
  db: Database,
  student: Student,
  sharedNames: ReadonlySet<string>,
): Promise<{ id: string; candidates: readonly Person[] }> {
  const { id, candidates } = await findStudent(db, student, sharedNames);
  // What is said of an ambiguous student may be another one's.
  if (id !== undefined && candidates.length === 1) await learn(db, id, student);
  return { id: id ?? (await addStudent(db, student)), candidates };
}

/** Keys of the names that different students among these have. */
export function sharedNamesOf(students: readonly Student[]): Set<string> {
  const whose = new Map<string, string>();
  const shared = new Set<string>();
  for (const student of students) {
    const [key, identity] = [foldedText(student.name), JSON.stringify([student.ids, student.email])];
    if ((whose.get(key) ?? identity) !== identity) shared.add(key);
    whose.set(key, identity);
  }
  return shared;
}

async function findStudent(
  db: Database,
  student: Student,
  sharedNames: ReadonlySet<string>,
): Promise<{ id: string | undefined; candidates: readonly Person[] }> {
  const byId = await personsWithIds(db, student);
  if (byId.length === 1) return { id: byId[0].id, candidates: byId };
  if (byId.length > 1) return { id: await amongSeveral(db, student, byId), candidates: byId };
  const email = foldedText(student.email ?? '');
  if (email !== '') {
    const sameAddress = (await personsAt(db, email)).filter((person) => !differs(person, student));
    if (sameAddress.length > 0) return { id: sameAddress[0].id, candidates: sameAddress };
  }
  return findByName(db, student, sharedNames);
}

/** The one whose name it is, or else somebody whom only the name describes. */
async function amongSeveral(
  db: Database,
  student: Student,
  candidates: readonly Person[],
): Promise<string | undefined> {
  const key = foldedText(student.name);
  const named = candidates.filter(({ name }) => foldedText(name) === key);
  if (named.length === 1) return named[0].id;
  return (await personsNamed(db, key)).find(isPlain)?.id;
}

/** True if nothing but a name is known. */
const isPlain = ({ ids, email }: Student): boolean => Object.keys(ids).length === 0 && email === undefined;

async function findByName(db: Database, student: Student, sharedNames: ReadonlySet<string>) {
  const key = foldedText(student.name);
  const named = (await personsNamed(db, key)).filter((person) => !differs(person, student));
  const plain = named.find(isPlain);
  if (isPlain(student) && plain) return { id: plain.id, candidates: [plain] };
  if (sharedNames.has(key)) return { id: undefined, candidates: [] };
  // The name of a folder is often an id or a login.
  const candidates = isPlain(student) && named.length === 0 ? await personsCalled(db, key) : named;
  return { id: candidates.length === 1 ? candidates[0].id : undefined, candidates };
}

/** True if two ids of one system, or two addresses, say that these are two people. */
function differs(person: Person, student: Student): boolean {
  const emails = [person.email, student.email].filter((each) => each !== undefined).map(foldedText);
  if (emails.length === 2 && emails[0] !== emails[1]) return true;
  return IdSystem.options.some((system) => {
    const [known, given] = [person.ids[system], student.ids[system]];
    return known !== undefined && given !== undefined && foldedText(known) !== foldedText(given);
  });
}

/** Those who have one of the student's ids, in the order of the systems. */
async function personsWithIds(db: Database, { ids }: Student): Promise<Person[]> {
  const found: string[] = [];
  for (const system of IdSystem.options) {
    const value = ids[system];
    if (value === undefined) continue;
    const row = await db
      .selectFrom('student_ids')
      .select('student')
      .where('system', '=', system)
      .where('value_key', '=', foldedText(value))
      .executeTakeFirst();
    if (row && !found.includes(row.student)) found.push(row.student);
  }
  return personsOf(db, found);
}

async function personsAt(db: Database, email: string): Promise<Person[]> {
  const rows = await db.selectFrom('students').select('id').where('email_key', '=', email).orderBy('id').execute();
  return personsOf(
    db,
    rows.map(({ id }) => id),
  );
}

/** Those who have, or had, a name of this key. */
async function personsNamed(db: Database, key: string): Promise<Person[]> {
  const rows = await db.selectFrom('names').select('student').where('name_key', '=', key).orderBy('student').execute();
  return personsOf(
    db,
    rows.map(({ student }) => student),
  );
}

/** Those whom a person may mean by a text: an id of any system, an address, or a name. */
export async function personsCalled(db: Database, text: string): Promise<Person[]> {
  const key = foldedText(text);
  const byId = await db.selectFrom('student_ids').select('student').where('value_key', '=', key).distinct().execute();
  if (byId.length > 0)
    return personsOf(
      db,
      byId.map(({ student }) => student),
    );
  const byEmail = await personsAt(db, key);
  if (byEmail.length > 0) return byEmail;
  const byName = await personsNamed(db, key);
  return byName.length > 0 || !key.startsWith(PSEUDONYM) ? byName : personsOf(db, await idsOfPseudonym(db, key));
}

const PSEUDONYM = 'student-';

async function idsOfPseudonym(db: Database, pseudonym: string): Promise<string[]> {
  const rows = await db.selectFrom('students').select('id').execute();
  return rows.map(({ id }) => id).filter((id) => pseudonymOf(id) === pseudonym);
}

/** The students of these keys, in this order. */
export async function personsOf(db: Database, keys: readonly string[]): Promise<Person[]> {
  if (keys.length === 0) return [];
  const students = await db.selectFrom('students').selectAll().where('id', 'in', keys).execute();
  const ids = await db.selectFrom('student_ids').selectAll().where('student', 'in', keys).execute();
  const byKey = new Map(personsFrom(students, ids).map((person) => [person.id, person]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** Rows of students, in their order, with those of their ids. */
export function personsFrom(
  students: readonly Pick<Tables['students'], 'id' | 'name' | 'email'>[],
  ids: readonly Omit<Tables['student_ids'], 'value_key'>[],
): Person[] {
  const idsOf = groupBy(ids, ({ student }) => student);
  return students.map(({ id, name, email }) => ({
    ...{ id, name, ...(email === '' ? {} : { email }) },
    ids: Object.fromEntries((idsOf.get(id) ?? []).map(({ system, value }) => [system, value])),
  }));
}

/** What students are sorted by: two of one name are in the same order everywhere, if an id distinguishes them. */
export const orderOf = ({ name, ids, id }: Person): string =>
  [name, ...IdSystem.options.map((system) => ids[system] ?? ''), id].join('\0');

/** Compares what `orderOf` returns. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function addStudent(db: Database, student: Student): Promise<string> {
  const id = randomUUID();
  const { name, email = '' } = student;
  await db
    .insertInto('students')
    .values({ id, name, name_key: foldedText(name), email, email_key: foldedText(email) })
    .execute();
  await addName(db, id, name);
  await addIds(db, id, student);
  return id;
}

/** Adds what is new about a student; an id that is somebody else's stays theirs. */
async function learn(db: Database, id: string, student: Student): Promise<void> {
  const [known] = await personsOf(db, [id]);
  const knowsMore = Object.keys(student.ids).length > 0 || student.email !== undefined;
  if (!known || !knowsMore || differs(known, student)) return;
  const { name } = student;
  await addName(db, id, name);
  const email = known.email ?? student.email ?? '';
  if (name !== known.name || email !== (known.email ?? ''))
    await db
      .updateTable('students')
      .set({ name, name_key: foldedText(name), email, email_key: foldedText(email) })
      .where('id', '=', id)
      .execute();
  await addIds(db, id, student);
}

async function addName(db: Database, student: string, name: string): Promise<void> {
  await db
    .insertInto('names')
    .values({ student, name_key: foldedText(name) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function addIds(db: Database, student: string, { ids }: Student): Promise<void> {
  for (const [system, value] of Object.entries(ids))
    await db
      .insertInto('student_ids')
      .values({ system, value_key: foldedText(value), value, student })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** A name that says nothing about a student, the same over the whole course. */
export const pseudonymOf = (id: string): string => `${PSEUDONYM}${keyOf('pseudonym', id).slice(0, 8)}`;
