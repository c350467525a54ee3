import { compareTexts } from '../../common/compareTexts.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { Attempt } from './attempts.ts';
import { countingAttempt, withoutFormerWork } from './countingAttempt.ts';
import { countsOf } from './assignments.ts';
import { byOrder, orderOf, type Person, personsOf } from './people.ts';
import type { Counts, Database } from './tables.ts';

/** A team with its attempts at an assignment. */
export interface TeamAttempts {
  readonly team: string;
  readonly students: readonly Person[];
  readonly attempts: readonly Attempt[];
  readonly counting: Attempt;
}

/** All teams that handed in for an assignment, and which of their attempts counts. */
export async function teamsFor(
  db: Database,
  assignment: string,
): Promise<{ counts: Counts; teams: readonly TeamAttempts[] }> {
  const policy = await db.selectFrom('assignments').select('counts').where('id', '=', assignment).executeTakeFirst();
  const counts = countsOf(policy?.counts ?? '');
  const rows = await db.selectFrom('attempts').selectAll().where('assignment', '=', assignment).execute();
  const deadlines = await db.selectFrom('deadlines').selectAll().where('assignment', '=', assignment).execute();
  const deadlineOf = new Map(deadlines.map((row) => [row.team, row]));
  const byTeam = new Map<string, Attempt[]>();
  for (const row of rows) {
    const { due = '', terms = '' } = deadlineOf.get(row.team) ?? {};
    const attempt = { ...row, due, terms };
    byTeam.set(row.team, [...(byTeam.get(row.team) ?? []), attempt]);
  }
  const members = await membersOf(db, [...byTeam.keys()], assignment);
  const teams = [...byTeam].map(([team, attempts]) => ({
    ...{ team, students: members.get(team) ?? [], attempts, counting: countingAttempt(attempts, counts)! },
  }));
  return { counts, teams: sorted(teams) };
}

/**
 * The teams whose work counts, of each student once: of those who were in several teams, the attempt that the course's
 * policy chooses from all of their attempts. A team of which several attempts count is there for each.
 */
export async function countingTeams(db: Database, assignment: string): Promise<TeamAttempts[]> {
  const { counts, teams } = await teamsFor(db, assignment);
  const byStudent = new Map<string, Attempt[]>();
  for (const { students, attempts } of teams)
    for (const { id } of students) byStudent.set(id, [...(byStudent.get(id) ?? []), ...attempts]);
  const countingOf = ({ id }: Person) => countingAttempt(withoutFormerWork(byStudent.get(id)!), counts)!;
  return teams.flatMap((team) => {
    const own = team.students.filter((student) => countingOf(student).team === team.team);
    return [...groupBy(own, (student) => countingOf(student).id).values()].map((students) => ({
      ...{ ...team, students, counting: countingOf(students[0]) },
    }));
  });
}

/** By the members' names, then their ids. */
function sorted(teams: readonly TeamAttempts[]): TeamAttempts[] {
  const keyed = teams.map((team) => ({ team, key: [namesOf(team), ...team.students.map(orderOf)].join('\0') }));
  return keyed.sort((a, b) => compareTexts(a.key, b.key)).map(({ team }) => team);
}

/** `Ada Lovelace, Alan Turing`. */
export const namesOf = ({ students }: Pick<TeamAttempts, 'students'>): string =>
  students.map(({ name }) => name).join(', ');

async function membersOf(db: Database, teams: readonly string[], assignment: string): Promise<Map<string, Person[]>> {
  const members = new Map<string, Person[]>();
  for (let at = 0; at < teams.length; at += CHUNK) {
    const chunk = teams.slice(at, at + CHUNK);
    const rows = await db.selectFrom('members').selectAll().where('team', 'in', chunk).execute();
    const persons = await personsOf(db, [...new Set(rows.map(({ student }) => student))], assignment);
    const teamsOf = groupBy(rows, ({ student }) => student);
    for (const person of persons.toSorted(byOrder))
      for (const { team } of teamsOf.get(person.id) ?? []) members.set(team, [...(members.get(team) ?? []), person]);
  }
  return members;
}

const CHUNK = 2000;
