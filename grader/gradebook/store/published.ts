import { hold } from './changes.ts';
import { now } from './CourseGradebook.ts';
import type { Database, PublishedTable } from './tables.ts';
import type { Person } from './people.ts';
import { teamWith } from './teamOf.ts';
import { countingTeams, type TeamAttempts } from './teams.ts';

type Known = Pick<PublishedTable, 'result' | 'score'>;

/**
 * Records that these students know their scores; from now on only a regrading that is applied changes them.
 *
 * @param works - of one assignment, as `countingTeams` has them
 * @returns the number of scores that are new, or not what these students knew before
 */
export async function publish(db: Database, works: readonly TeamAttempts[], by: string): Promise<number> {
  const at = now();
  let published = 0;
  const known = works.length === 0 ? new Map<string, Known>() : await knownScores(db, works[0].counting.assignment);
  for (const { counting, students } of works) {
    const { id: attempt, assignment, result, score, out_of } = counting;
    if (result === '') continue;
    await hold(db, [attempt]);
    const changed = students.filter(({ id }) => known.get(id)?.result !== result || known.get(id)?.score !== score);
    if (changed.length === 0) continue;
    published++;
    // Others of the team may have another score: work of theirs alone, or of another team.
    const team = await teamWith(
      db,
      changed.map(({ id }) => id),
    );
    await db
      .insertInto('published')
      .values({ assignment, team, attempt, result, score, out_of, given_by: by, at })
      .execute();
  }
  return published;
}

/**
 * Records the scores that changes have given to those who know one.
 *
 * @param teams - those whose attempts were changed: another attempt of a member may count now
 */
export async function publishAgain(
  db: Database,
  assignment: string,
  teams: readonly string[],
  by: string,
): Promise<void> {
  const known = await knownScores(db, assignment);
  const changed = new Set(teams);
  const members = await db.selectFrom('members').selectAll().execute();
  const affected = new Set(
    members.flatMap(({ team, student }) => (changed.has(team) && known.has(student) ? student : [])),
  );
  const works = await countingTeams(db, assignment);
  await publish(
    db,
    works.map((work) => ({ ...work, students: work.students.filter(({ id }) => affected.has(id)) })),
    by,
  );
}

/** A published score after which another one counts. */
export interface SupersededScore {
  readonly student: Person;
  readonly published: number;
  /** Undefined if the work that counts has none. */
  readonly score: number | undefined;
}

/**
 * The published scores after which another one counts: work came later, a due date was moved, or points were changed.
 *
 * @param assignment - its id
 */
export async function supersededScores(db: Database, assignment: string): Promise<SupersededScore[]> {
  const known = await knownScores(db, assignment);
  if (known.size === 0) return [];
  return (await countingTeams(db, assignment)).flatMap(({ counting, students }) => {
    const score = counting.result === '' ? undefined : counting.score;
    const superseded = students.filter(({ id }) => known.has(id) && known.get(id)!.score !== score);
    return superseded.map((student) => ({ student, published: known.get(student.id)!.score, score }));
  });
}

/** The last published score of each student. */
async function knownScores(db: Database, assignment: string): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('published')
    .innerJoin('members', 'members.team', 'published.team')
    .select(['members.student', 'published.result', 'published.score'])
    .where('published.assignment', '=', assignment)
    .orderBy('published.at')
    .execute();
  return new Map(rows.map(({ student, ...known }) => [student, known]));
}
