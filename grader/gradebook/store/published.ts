import { groupBy } from '../../common/groupBy.ts';
import { hold } from './changes.ts';
import { now } from './CourseGradebook.ts';
import type { Database, PublishedTable } from './tables.ts';
import type { Person } from './people.ts';
import { teamWith } from './teamOf.ts';
import { countingTeams, type TeamAttempts } from './teams.ts';

type Known = Pick<PublishedTable, 'attempt' | 'result' | 'score' | 'out_of' | 'batch'>;

/**
 * Records that these students know their scores. From now on their results are replaced only by a regrading that is applied; points
 * that people give, later work and other due dates change the scores all the same.
 *
 * @param works - of one assignment, as `countingTeams` has them
 * @param batch - of the changes that are applied; empty if somebody publishes
 * @returns the number of scores that are new, or not what these students knew before
 */
export async function publish(db: Database, works: readonly TeamAttempts[], by: string, batch = ''): Promise<number> {
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
      .values({ assignment, team, attempt, result, score, out_of, given_by: by, at, batch })
      .execute();
  }
  return published;
}

/**
 * Records the scores that changes have given to those who know one.
 *
 * @param teams - those whose attempts were changed: another attempt of a member may count now
 * @param batch - of the changes
 */
export async function publishAgain(
  db: Database,
  assignment: string,
  teams: readonly string[],
  by: string,
  batch: string,
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
    batch,
  );
}

/**
 * Records that those who know a score only by changes that are undone know the one before again.
 *
 * @param batch - of the changes
 */
export async function publishAsBefore(db: Database, assignment: string, batch: string, by: string): Promise<void> {
  const at = now();
  const known = await knownScores(db, assignment);
  const before = await knownScores(db, assignment, true);
  const students = [...before].filter(([student]) => known.get(student)?.batch === batch);
  for (const group of groupBy(students, ([, score]) => JSON.stringify(score)).values()) {
    const team = await teamWith(
      db,
      group.map(([student]) => student),
    );
    const [[, score]] = group;
    await db
      .insertInto('published')
      .values({ ...score, assignment, team, given_by: by, at })
      .execute();
  }
}

/**
 * When somebody published scores of an assignment last, and who; undefined if they were never published.
 *
 * @param assignment - its id
 */
export const lastPublished = (db: Database, assignment: string): Promise<{ at: string; by: string } | undefined> =>
  db
    .selectFrom('published')
    .select(['at', 'given_by as by'])
    .where('assignment', '=', assignment)
    .where('batch', '=', '')
    .orderBy('at', 'desc')
    .executeTakeFirst();

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

/**
 * The last published score of each student.
 *
 * @param isBeforeUndone - leave out what they know only by changes that are undone
 */
async function knownScores(db: Database, assignment: string, isBeforeUndone = false): Promise<Map<string, Known>> {
  let query = db
    .selectFrom('published')
    .innerJoin('members', 'members.team', 'published.team')
    .select(['members.student', 'published.attempt', 'published.result', 'published.score'])
    .select(['published.out_of', 'published.batch'])
    .where('published.assignment', '=', assignment);
  const undone = db.selectFrom('changes').select('batch').where('undone', '!=', '');
  if (isBeforeUndone) query = query.where('published.batch', 'not in', undone);
  const rows = await query.orderBy('published.at').execute();
  return new Map(rows.map(({ student, ...known }) => [student, known]));
}
