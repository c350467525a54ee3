import { randomUUID } from 'node:crypto';
import { IdSystem, type Student } from '../../model/student.ts';
import { keyOf } from './CourseGradebook.ts';
import type { Database } from './tables.ts';

/** Text that two spellings of one name share. */
export const nameKey = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();

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
    const found = await findStudent(db, student, sharedNames);
    if (found.candidates.length > 1) ambiguities.push({ student, candidates: found.candidates });
    members.push(found.id ?? (await addStudent(db, student)));
    if (found.id !== undefined) await learn(db, found.id, student);
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

/** Keys of the names that different students among these have. */
export function sharedNamesOf(students: readonly Student[]): Set<string> {
  const whose = new Map<string, string>();
  const shared = new Set<string>();
  for (const student of students) {
    const [key, identity] = [nameKey(student.name), JSON.stringify([student.ids, student.email])];
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
  if (byId.length > 0) return { id: byId[0].id, candidates: byId };
  const email = nameKey(student.email ?? '');
  if (email !== '') {
    const sameAddress = (await personsWhere(db, 'email_key', email)).filter((person) => !differs(person, student));
    if (sameAddress.length > 0) return { id: sameAddress[0].id, candidates: sameAddress };
  }
  return findByName(db, student, sharedNames);
}

async function findByName(db: Database, student: Student, sharedNames: ReadonlySet<string>) {
  const key = nameKey(student.name);
  const isPlain = Object.keys(student.ids).length === 0 && student.email === undefined;
  const named = (await personsWhere(db, 'name_key', key)).filter((person) => !differs(person, student));
  const plain = named.find((person) => Object.keys(person.ids).length === 0 && person.email === undefined);
  if (isPlain && plain) return { id: plain.id, candidates: [plain] };
  if (sharedNames.has(key)) return { id: undefined, candidates: [] };
  // The name of a folder is often an id or a login.
  const candidates = isPlain && named.length === 0 ? await personsCalled(db, key) : named;
  return { id: candidates.length === 1 ? candidates[0].id : undefined, candidates };
}

/** True if two ids of one system, or two addresses, say that these are two people. */
function differs(person: Person, student: Student): boolean {
  const emails = [person.email, student.email].filter((each) => each !== undefined).map(nameKey);
  if (emails.length === 2 && emails[0] !== emails[1]) return true;
  return IdSystem.options.some((system) => {
    const [known, given] = [person.ids[system], student.ids[system]];
    return known !== undefined && given !== undefined && nameKey(known) !== nameKey(given);
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
      .where('value_key', '=', nameKey(value))
      .executeTakeFirst();
    if (row && !found.includes(row.student)) found.push(row.student);
  }
  return personsOf(db, found);
}

async function personsWhere(db: Database, column: 'name_key' | 'email_key', key: string): Promise<Person[]> {
  const rows = await db.selectFrom('students').select('id').where(column, '=', key).orderBy('id').execute();
  return personsOf(
    db,
    rows.map(({ id }) => id),
  );
}

/** Those whom a person may mean by a text: an id of any system, an address, or a name. */
export async function personsCalled(db: Database, text: string): Promise<Person[]> {
  const key = nameKey(text);
  const byId = await db.selectFrom('student_ids').select('student').where('value_key', '=', key).distinct().execute();
  if (byId.length > 0)
    return personsOf(
      db,
      byId.map(({ student }) => student),
    );
  const byEmail = await personsWhere(db, 'email_key', key);
  return byEmail.length > 0 ? byEmail : personsWhere(db, 'name_key', key);
}

/** The students of these keys, in this order. */
export async function personsOf(db: Database, keys: readonly string[]): Promise<Person[]> {
  if (keys.length === 0) return [];
  const students = await db.selectFrom('students').selectAll().where('id', 'in', keys).execute();
  const ids = await db.selectFrom('student_ids').selectAll().where('student', 'in', keys).execute();
  const byKey = new Map(students.map((student) => [student.id, student]));
  return keys.flatMap((key): Person[] => {
    const student = byKey.get(key);
    if (!student) return [];
    const own = ids.filter((each) => each.student === key);
    const { id, name, email } = student;
    return [
      {
        ...{ id, name, ...(email === '' ? {} : { email }) },
        ids: Object.fromEntries(own.map(({ system, value }) => [system, value])),
      },
    ];
  });
}

async function addStudent(db: Database, student: Student): Promise<string> {
  const id = randomUUID();
  const { name, email = '' } = student;
  await db
    .insertInto('students')
    .values({ id, name, name_key: nameKey(name), email, email_key: nameKey(email) })
    .execute();
  await addIds(db, id, student);
  return id;
}

/** Adds what is new about a student; an id that is somebody else's stays theirs. */
async function learn(db: Database, id: string, student: Student): Promise<void> {
  const [known] = await personsOf(db, [id]);
  const knowsMore = Object.keys(student.ids).length > 0 || student.email !== undefined;
  if (!known || !knowsMore) return;
  const { name } = student;
  const email = known.email ?? student.email ?? '';
  if (name !== known.name || email !== (known.email ?? ''))
    await db
      .updateTable('students')
      .set({ name, name_key: nameKey(name), email, email_key: nameKey(email) })
      .where('id', '=', id)
      .execute();
  if (!differs(known, student)) await addIds(db, id, student);
}

async function addIds(db: Database, student: string, { ids }: Student): Promise<void> {
  for (const [system, value] of Object.entries(ids))
    await db
      .insertInto('student_ids')
      .values({ system, value_key: nameKey(value), value, student })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
