import { groupBy } from '../../common/groupBy.ts';
import type { Student } from '../../model/student.ts';
import { ADDRESS, personsOf } from './people.ts';
import { findStudent, type Naming } from './personFor.ts';
import type { Database } from './tables.ts';

/** Somebody of the gradebook, with all that they are or were called. */
export interface KnownPerson {
  readonly id: string;
  /** Names, ids and addresses, in any case. */
  readonly names: readonly string[];
}

/** Who these students are, as far as the gradebook knows them; no one is added. */
export async function knownPersons(
  db: Database,
  students: readonly Student[],
  naming: Naming,
): Promise<readonly KnownPerson[]> {
  const found: string[] = [];
  for (const [at, student] of students.entries()) {
    const { id, candidates } = await findStudent(db, student, naming.called[at], naming);
    if (id !== undefined && candidates.length === 1) found.push(id);
  }
  if (found.length === 0) return [];
  const names = await db.selectFrom('names').selectAll().where('student', 'in', found).execute();
  const addresses = await db
    .selectFrom('student_ids')
    .select(['student', 'value'])
    .where('student', 'in', found)
    .where('system', '=', ADDRESS)
    .execute();
  const [namesOf, addressesOf] = [groupBy(names, whose), groupBy(addresses, whose)];
  return (await personsOf(db, found, naming.assignment)).map(({ id, name, email = '', ids }) => ({
    id,
    names: [
      ...[name, email, ...Object.values(ids)],
      ...(namesOf.get(id) ?? []).map(({ name_key }) => name_key),
      ...(addressesOf.get(id) ?? []).map(({ value }) => value),
    ],
  }));
}

const whose = ({ student }: { readonly student: string }): string => student;
