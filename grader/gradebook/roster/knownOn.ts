import { groupBy } from '../../common/groupBy.ts';
import { haveOtherIds } from '../../model/haveOtherIds.ts';
import type { Student } from '../../model/student.ts';
import { type Person, personsFrom } from '../store/people.ts';
import type { Database } from '../store/tables.ts';
import { type Found, numberKey, RosterIndex } from './RosterIndex.ts';

/** Somebody of the gradebook, who is one student of a roster. */
interface Claim extends Found<Student> {
  readonly person: Person;
}

/**
 * Whom of the gradebook a roster lists, by the rule by which a class finds its students on the roster. An id or a login
 * says more than an address, and an address more than a name; several by the same evidence may be of one student.
 *
 * @example
 *   (await knownOn(db, roster)).get(roster[0]); // a folder was called `ada`, and the roster has this login
 */
export async function knownOn(db: Database, roster: readonly Student[]): Promise<Map<Student, readonly Person[]>> {
  const index = new RosterIndex(roster);
  const students = await db.selectFrom('students').selectAll().execute();
  const persons = personsFrom(students, await db.selectFrom('student_ids').selectAll().execute(), '');
  const namesOf = groupBy(await db.selectFrom('names').selectAll().execute(), ({ student }) => student);
  const claims = persons.flatMap((person) => {
    const others = (namesOf.get(person.id) ?? []).map(({ name_key }) => name_key);
    return claimOf(person, others, index) ?? [];
  });
  const byEntry = groupBy(claims, ({ candidates: [entry] }) => entry);
  return new Map([...byEntry].map(([entry, group]) => [entry, strongest(entry, group).map(({ person }) => person)]));
}

/** Undefined if no one on the roster matches, or several do. */
function claimOf(person: Person, others: readonly string[], index: RosterIndex<Student>): Claim | undefined {
  for (const name of [person.name, ...others]) {
    const { candidates, isByName } = index.find({ ...person, name });
    if (candidates.length > 1) return undefined;
    if (candidates.length === 1)
      return haveOtherIds(person, candidates[0]) ? undefined : { candidates, isByName, person };
  }
  return undefined;
}

function strongest({ ids }: Student, claims: readonly Claim[]): readonly Claim[] {
  const known = new Set(Object.values(ids).map(numberKey));
  const byId = claims.filter(({ person: { name } }) => known.has(numberKey(name)));
  const byAddress = claims.filter(({ isByName }) => !isByName);
  return [byId, byAddress].find((group) => group.length > 0) ?? claims;
}
