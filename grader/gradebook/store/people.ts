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

/** Where students are named. */
export interface Naming {
  /** Some ids are of one assignment. */
  readonly assignment: string;
  /** The folder or archive that was handed in. */
  readonly source: string;
  /** What the download calls each student, if it has only a name for them. */
  readonly called: readonly (string | undefined)[];
  /** Keys of names that several of the students at hand have: such a name alone decides nothing. */
  readonly sharedNames: ReadonlySet<string>;
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
 * @param called - see `Naming`
 */
export async function personFor(
  db: Database,
  student: Student,
  called: string | undefined,
  naming: Naming,
): Promise<{ id: string; candidates: readonly Person[] }> {
  const { id, candidates } = await findStudent(db, student, called, naming);
  // What is said of an ambiguous student may be another one's.
  if (id !== undefined && candidates.length === 1) await learn(db, id, student, naming.assignment);
  return { id: id ?? (await addStudent(db, student, naming.assignment)), candidates };
}

/** Keys of the names that different students among these have; those of whom only a name is known may be different. */
export function sharedNamesOf(students: readonly Student[]): Set<string> {
  const whose = new Map<string, string>();
  const shared = new Set<string>();
  for (const student of students) {
    const [key, identity] = [foldedText(student.name), JSON.stringify([student.ids, student.email])];
    const known = whose.get(key);
    if (known !== undefined && (known !== identity || isPlain(student))) shared.add(key);
    whose.set(key, identity);
  }
  return shared;
}

/** Who a student is; `id` is undefined if that is not known, or nobody so far. */
interface FoundStudent {
  readonly id: string | undefined;
  readonly candidates: readonly Person[];
}

async function findStudent(
  db: Database,
  student: Student,
  called: string | undefined,
  naming: Naming,
): Promise<FoundStudent> {
  const { assignment } = naming;
  const byId = await personsWithIds(db, student, assignment);
  if (byId.length === 1) return { id: byId[0].id, candidates: byId };
  if (byId.length > 1) return { id: await amongSeveral(db, student, byId), candidates: byId };
  const email = foldedText(student.email ?? '');
  if (email !== '') {
    const sameAddress = (await personsAt(db, email, assignment)).filter((person) => !differs(person, student));
    if (sameAddress.length > 0) return { id: sameAddress[0].id, candidates: sameAddress };
  }
  return isPlain(student) ? findByNameAlone(db, student, naming) : findByName(db, student, called, naming);
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
  return (await namedOnly(db, await personsNamed(db, key)))[0]?.id;
}

/** True if nothing but a name is known. */
const isPlain = ({ ids, email }: Student): boolean => Object.keys(ids).length === 0 && email === undefined;

/** Those of whom no id of any assignment and no address is known. */
async function namedOnly(db: Database, persons: readonly Person[]): Promise<Person[]> {
  if (persons.length === 0) return [];
  const ids = persons.map(({ id }) => id);
  const rows = await db.selectFrom('student_ids').select('student').where('student', 'in', ids).distinct().execute();
  const known = new Set(rows.map(({ student }) => student));
  return persons.filter(({ id, email }) => email === undefined && !known.has(id));
}

const oneOf = (candidates: readonly Person[]): FoundStudent => ({
  id: candidates.length === 1 ? candidates[0].id : undefined,
  candidates,
});

/**
 * A student of whom an id or an address is known may be somebody of whom only the name of a folder was known so far. That
 * name is often a login.
 */
async function findByName(
  db: Database,
  student: Student,
  called: string | undefined,
  { assignment, sharedNames }: Naming,
): Promise<FoundStudent> {
  const key = foldedText(student.name);
  const isKnownByName = !sharedNames.has(key) && !isNumberedName(student);
  const named = isKnownByName
    ? (await personsNamed(db, key, assignment)).filter((person) => !differs(person, student))
    : [];
  const folder = foldedText(called ?? '');
  const byFolder = folder === '' || sharedNames.has(folder) ? [] : await namedOnly(db, await personsNamed(db, folder));
  const others = byFolder.length > 0 ? byFolder : await namedById(db, student, sharedNames);
  const candidates = [...others, ...named.filter(({ id }) => others.every((other) => other.id !== id))];
  return oneOf(candidates);
}

/** Those of whom only a name is known, which is an id or the address of a student. */
async function namedById(db: Database, { ids, email }: Student, sharedNames: ReadonlySet<string>): Promise<Person[]> {
  const words = [...Object.values(ids), ...(email === undefined ? [] : [email, email.split('@')[0]])];
  const keys = [...new Set(words.map(foldedText))].filter((key) => key !== '' && !sharedNames.has(key));
  const found = new Map<string, Person>();
  for (const key of keys) for (const person of await personsNamed(db, key)) found.set(person.id, person);
  return namedOnly(db, [...found.values()]);
}

/** True for a name of a blind marking, which is of one assignment, as its number is. */
const isNumberedName = ({ name, ids: { moodle } }: Student): boolean =>
  moodle !== undefined && foldedText(name) === foldedText(`Participant ${moodle}`);

/** Of several who have this name, and of whom nothing else is known, the one who handed this in before. */
async function findByNameAlone(
  db: Database,
  student: Student,
  { assignment, source, sharedNames }: Naming,
): Promise<FoundStudent> {
  const key = foldedText(student.name);
  const named = await personsNamed(db, key, assignment);
  const plain = await namedOnly(db, named);
  if (plain.length === 1 && !sharedNames.has(key)) return oneOf(plain);
  const before = await whoHandedIn(db, plain, source);
  if (before.length === 1) return oneOf(before);
  if (sharedNames.has(key)) return { id: undefined, candidates: [] };
  // The name of a folder is often an id or a login.
  if (plain.length === 0) return oneOf(named.length > 0 ? named : await personsCalled(db, key, assignment));
  return { id: undefined, candidates: plain };
}

async function whoHandedIn(db: Database, persons: readonly Person[], source: string): Promise<Person[]> {
  if (persons.length === 0) return [];
  const rows = await db
    .selectFrom('members')
    .innerJoin('attempts', 'attempts.team', 'members.team')
    .select('members.student')
    .distinct()
    .where(
      'members.student',
      'in',
      persons.map(({ id }) => id),
    )
    .where('attempts.source', '=', source)
    .execute();
  return persons.filter(({ id }) => rows.some(({ student }) => student === id));
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

/** Moodle numbers the participants of each assignment anew: its numbers are kept with the assignment. */
const systemIn = (system: string, assignment: string): string =>
  system === 'moodle' ? `${system} ${assignment}` : system;

/** Undefined if it is of another assignment; `assignment` is undefined for ids of any. */
function systemOf(stored: string, assignment: string | undefined): IdSystem | undefined {
  const [system] = stored.split(' ');
  return IdSystem.options.find(
    (each) => each === system && (assignment === undefined || systemIn(each, assignment) === stored),
  );
}

/** Those who have one of the student's ids, in the order of the systems. */
async function personsWithIds(db: Database, { ids }: Student, assignment: string): Promise<Person[]> {
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

async function personsAt(db: Database, email: string, assignment?: string): Promise<Person[]> {
  const rows = await db.selectFrom('students').select('id').where('email_key', '=', email).orderBy('id').execute();
  return personsOf(
    db,
    rows.map(({ id }) => id),
    assignment,
  );
}

/** Those who have, or had, a name of this key. */
async function personsNamed(db: Database, key: string, assignment?: string): Promise<Person[]> {
  const rows = await db.selectFrom('names').select('student').where('name_key', '=', key).orderBy('student').execute();
  return personsOf(
    db,
    rows.map(({ student }) => student),
    assignment,
  );
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

/** Compares what `orderOf` returns. */
export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function addStudent(db: Database, student: Student, assignment: string): Promise<string> {
  const id = randomUUID();
  const { name, email = '' } = student;
  await db
    .insertInto('students')
    .values({ id, name, name_key: foldedText(name), email, email_key: foldedText(email) })
    .execute();
  await addName(db, id, name);
  await addIds(db, id, student, assignment);
  return id;
}

/**
 * Adds what is new about a student; an id that is somebody else's stays theirs. The name is that of who knows most: a
 * download does not replace the one of a roster.
 */
async function learn(db: Database, id: string, student: Student, assignment: string): Promise<void> {
  const [known] = await personsOf(db, [id], assignment);
  const knowsMore = Object.keys(student.ids).length > 0 || student.email !== undefined;
  if (!known || !knowsMore || differs(known, student)) return;
  await addName(db, id, student.name);
  const name = isAllKnownTo(student, known) ? student.name : known.name;
  const email = known.email ?? student.email ?? '';
  if (name !== known.name || email !== (known.email ?? ''))
    await db
      .updateTable('students')
      .set({ name, name_key: foldedText(name), email, email_key: foldedText(email) })
      .where('id', '=', id)
      .execute();
  await addIds(db, id, student, assignment);
}

const isAllKnownTo = ({ ids, email }: Student, known: Person): boolean =>
  IdSystem.options.every((system) => known.ids[system] === undefined || ids[system] !== undefined) &&
  (known.email === undefined || email !== undefined);

async function addName(db: Database, student: string, name: string): Promise<void> {
  await db
    .insertInto('names')
    .values({ student, name_key: foldedText(name) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function addIds(db: Database, student: string, { ids }: Student, assignment: string): Promise<void> {
  for (const [system, value] of Object.entries(ids))
    await db
      .insertInto('student_ids')
      .values({ system: systemIn(system, assignment), value_key: foldedText(value), value, student })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** A name that says nothing about a student, the same over the whole course. */
export const pseudonymOf = (id: string): string => `${PSEUDONYM}${keyOf('pseudonym', id).slice(0, 8)}`;
