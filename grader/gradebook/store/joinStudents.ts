import { foldedText } from '../../common/foldedText.ts';
import { UsageError } from '../../model/errors.ts';
import { shownPerson } from './attemptCalled.ts';
import { now } from './CourseGradebook.ts';
import { teamsOf } from './attempts.ts';
import { ADDRESS, type Person } from './people.ts';
import { addName } from './personFor.ts';
import { moveWork } from './moveWork.ts';
import type { Database } from './tables.ts';
import { teamWith } from './teamOf.ts';

/**
 * Makes one student of two: everything that belongs to the other is the first one's from now on, and whatever the other
 * is called means the first one. Work that both handed in is one attempt.
 *
 * @returns the teams whose work counts anew
 * @throws UsageError if an id of one system says that they are two people, or if they handed in together
 */
export async function joinStudents(db: Database, student: Person, other: Person, by: string): Promise<string[]> {
  if (student.id === other.id) throw new UsageError(`${shownPerson(student)}: both names mean this student`);
  await requireOnePerson(db, student, other);
  const teams = await withoutOther(db, student, other);
  await moveKnowledge(db, student, other);
  for (const table of ['joins', 'requests'] as const)
    await db.updateTable(table).set({ student: student.id }).where('student', '=', other.id).execute();
  await db.deleteFrom('students').where('id', '=', other.id).execute();
  await db
    .insertInto('joins')
    .values({ student: student.id, other: shownPerson(other), given_by: by, at: now() })
    .execute();
  return teams;
}

async function requireOnePerson(db: Database, student: Person, other: Person): Promise<void> {
  const shown = [student, other].map(shownPerson).join(' and ');
  const both = await db
    .selectFrom('student_ids as own')
    .innerJoin('student_ids as others', 'others.system', 'own.system')
    .select('own.system')
    .where('own.student', '=', student.id)
    .where('others.student', '=', other.id)
    .where('own.system', '!=', ADDRESS)
    .executeTakeFirst();
  if (both) throw new UsageError(`${shown} have different ids of one system: they are two people`);
  const [mine, theirs] = [await teamsOf(db, student.id), await teamsOf(db, other.id)];
  if (mine.some((team) => theirs.includes(team)))
    throw new UsageError(`${shown} handed in together: they are two people`);
}

/** Puts the student in the place of the other in every team. */
async function withoutOther(db: Database, student: Person, other: Person): Promise<string[]> {
  const teams: string[] = [];
  for (const former of await teamsOf(db, other.id)) {
    const rows = await db.selectFrom('members').select('student').where('team', '=', former).execute();
    const members = rows.map((row) => (row.student === other.id ? student.id : row.student));
    const team = await teamWith(db, members);
    await moveWork(db, former, team);
    await db.deleteFrom('members').where('team', '=', former).execute();
    teams.push(team);
  }
  return teams;
}

/** Names, ids and addresses of the other lead to the student. */
async function moveKnowledge(db: Database, student: Person, other: Person): Promise<void> {
  await db.updateTable('student_ids').set({ student: student.id }).where('student', '=', other.id).execute();
  const names = await db.selectFrom('names').select('name_key').where('student', '=', other.id).execute();
  for (const { name_key } of names) await addName(db, student.id, name_key);
  await db.deleteFrom('names').where('student', '=', other.id).execute();
  const enrolment = await db.selectFrom('enrolments').selectAll().where('student', '=', other.id).executeTakeFirst();
  await db.deleteFrom('enrolments').where('student', '=', other.id).execute();
  if (enrolment)
    await db
      .insertInto('enrolments')
      .values({ ...enrolment, student: student.id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  if (other.email !== undefined) await addAddress(db, student, other.email);
}

/** Somebody's second address is kept as an id that is never shown. */
async function addAddress(db: Database, { id: student, email: known }: Person, email: string): Promise<void> {
  const email_key = foldedText(email);
  if (known === undefined)
    await db.updateTable('students').set({ email, email_key }).where('id', '=', student).execute();
  else
    await db
      .insertInto('student_ids')
      .values({ system: ADDRESS, value_key: email_key, value: email, student })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}
