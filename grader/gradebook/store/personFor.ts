import { randomUUID } from 'node:crypto';
import { foldedText } from '../../common/foldedText.ts';
import { haveOtherIds } from '../../model/haveOtherIds.ts';
import { IdSystem, type Student } from '../../model/student.ts';
import {
  namedOnly,
  type Person,
  personsAt,
  personsCalled,
  personsNamed,
  personsOf,
  personsWithIds,
  systemIn,
} from './people.ts';
import type { Database } from './tables.ts';

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
  /** Who each student of a roster is, see `knownOn`; undefined if the students are not a roster's. */
  readonly known?: ReadonlyMap<Student, readonly Person[]> | undefined;
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

/** Who a student is, if the gradebook knows it; no one is added. */
export async function findStudent(
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
    const sameAddress = (await personsAt(db, email, assignment)).filter((person) => !haveOtherIds(person, student));
    if (sameAddress.length > 0) return { id: sameAddress[0].id, candidates: sameAddress };
  }
  if (naming.known) return oneOf(naming.known.get(student) ?? []);
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

/**
 * Those of whom only a name is known, which is an id or the address of a student, or begins the address: the first of
 * these that is anybody's name decides.
 */
async function namedById(db: Database, { ids, email }: Student, sharedNames: ReadonlySet<string>): Promise<Person[]> {
  const addresses = email === undefined ? [] : [[email], [email.split('@')[0]]];
  for (const words of [Object.values(ids), ...addresses]) {
    const keys = [...new Set(words.map(foldedText))].filter((key) => key !== '' && !sharedNames.has(key));
    const found = new Map<string, Person>();
    for (const key of keys) for (const person of await personsNamed(db, key)) found.set(person.id, person);
    const plain = await namedOnly(db, [...found.values()]);
    if (plain.length > 0) return plain;
  }
  return [];
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
  // Whose it is was decided before, by joining two students or when nobody else had the name.
  const isShared = sharedNames.has(key);
  const decided = plain.length === 0 ? await whoHandedIn(db, named, source, isShared ? assignment : undefined) : [];
  if (decided.length === 1) return oneOf(decided);
  if (isShared) return { id: undefined, candidates: [] };
  // The name of a folder is often an id or a login.
  if (plain.length === 0) return oneOf(named.length > 0 ? named : await personsCalled(db, key, assignment));
  return { id: undefined, candidates: plain };
}

/** @param assignment - any if it is undefined */
async function whoHandedIn(
  db: Database,
  persons: readonly Person[],
  source: string,
  assignment?: string,
): Promise<Person[]> {
  if (persons.length === 0) return [];
  const ids = persons.map(({ id }) => id);
  let query = db.selectFrom('members').innerJoin('attempts', 'attempts.team', 'members.team').select('student');
  if (assignment !== undefined) query = query.where('assignment', '=', assignment);
  const rows = await query.where('student', 'in', ids).where('source', '=', source).execute();
  return persons.filter(({ id }) => rows.some(({ student }) => student === id));
}

/** True if two ids of one system, or two addresses, say that these are two people. */
function differs(person: Person, student: Student): boolean {
  const emails = [person.email, student.email].filter((each) => each !== undefined).map(foldedText);
  return (emails.length === 2 && emails[0] !== emails[1]) || haveOtherIds(person, student);
}

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
  const name = isAllKnownTo(student, known) && !isNamedByIds(student) ? student.name : known.name;
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

/** True if a download has no name for a student, and shows an id or the address in its place. */
const isNamedByIds = ({ name, ids, email }: Student): boolean =>
  [...Object.values(ids), email].some((each) => each !== undefined && foldedText(each) === foldedText(name));

/** Keeps a name by which a student is found from now on. */
export async function addName(db: Database, student: string, name: string): Promise<void> {
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
