import type { CourseColumn, CourseHead, CourseRow, CourseStanding } from '../../model/course.ts';
import type { CourseGradebook } from './CourseGradebook.ts';
import { countingAttempt } from './countingAttempt.ts';
import { countsOf } from './gradings.ts';
import { personsOf } from './people.ts';
import type { AttemptTable, Database } from './tables.ts';

export interface Overview extends CourseHead {
  /** Rows by name, a few thousand at a time: a course may be larger than the memory. */
  readonly pages: AsyncGenerator<CourseRow[]>;
}

const PAGE = 2000;

/**
 * Students × assignments.
 *
 * @param only - one assignment; all of the course if undefined
 */
export async function overviewOf(book: CourseGradebook, only?: string): Promise<Overview> {
  const assignments = (await book.read(courseAssignments)).filter(({ id }) => only === undefined || id === only);
  const isWeighted = assignments.some(({ weight }) => weight > 0);
  return { columns: assignments, isWeighted, pages: pagesOf(book, assignments, isWeighted) };
}

async function courseAssignments(db: Database): Promise<CourseColumn[]> {
  const rows = await db.selectFrom('assignments').selectAll().orderBy('id').execute();
  const most = await db
    .selectFrom('attempts')
    .select(({ fn }) => ['assignment', fn.max('out_of').as('out_of')])
    .groupBy('assignment')
    .execute();
  const outOf = new Map(most.map((row) => [row.assignment, row.out_of]));
  return rows.map(({ id, title, weight, counts }) => ({
    ...{ id, title, weight, counts: countsOf(counts), outOf: outOf.get(id) ?? 0 },
  }));
}

async function* pagesOf(
  book: CourseGradebook,
  assignments: readonly CourseColumn[],
  isWeighted: boolean,
): AsyncGenerator<CourseRow[]> {
  for (let after = { key: '', id: '' }; ;) {
    const rows = await book.read((db) => pageAfter(db, assignments, isWeighted, after));
    if (rows.page.length === 0) return;
    yield rows.page;
    after = rows.last;
  }
}

async function pageAfter(
  db: Database,
  assignments: readonly CourseColumn[],
  isWeighted: boolean,
  { key, id }: { readonly key: string; readonly id: string },
) {
  const keys = await db
    .selectFrom('students')
    .select(['id', 'name_key'])
    .where(({ eb, or, and }) => or([eb('name_key', '>', key), and([eb('name_key', '=', key), eb('id', '>', id)])]))
    .orderBy('name_key')
    .orderBy('id')
    .limit(PAGE)
    .execute();
  const ids = keys.map((student) => student.id);
  const students = await personsOf(db, ids);
  const [attempts, published] = [await attemptsByStudent(db, ids), await publishedByStudent(db, ids)];
  const page = students.map((student): CourseRow => {
    const standings = assignments.map((assignment) =>
      standingOf(assignment, attempts.get(student.id) ?? [], published.get(`${student.id} ${assignment.id}`)),
    );
    return { student, standings, total: totalOf(assignments, standings, isWeighted) };
  });
  const last = keys.at(-1);
  return { page, last: last ? { key: last.name_key, id: last.id } : { key: '', id: '' } };
}

type CountedAttempt = Pick<
  AttemptTable,
  'assignment' | 'state' | 'reason' | 'received' | 'seen' | 'source' | 'score' | 'out_of' | 'pending' | 'late_seconds'
>;

async function attemptsByStudent(db: Database, students: readonly string[]): Promise<Map<string, CountedAttempt[]>> {
  const byStudent = new Map<string, CountedAttempt[]>();
  if (students.length === 0) return byStudent;
  const rows = await db
    .selectFrom('members')
    .innerJoin('attempts', 'attempts.team', 'members.team')
    .select([
      ...([
        'members.student',
        'attempts.assignment',
        'attempts.state',
        'attempts.reason',
        'attempts.received',
        'attempts.source',
      ] as const),
      ...(['attempts.seen', 'attempts.score', 'attempts.out_of', 'attempts.pending', 'attempts.late_seconds'] as const),
    ])
    .where('members.student', 'in', students)
    .execute();
  for (const { student, ...attempt } of rows) {
    const own = byStudent.get(student);
    if (own) own.push(attempt);
    else byStudent.set(student, [attempt]);
  }
  return byStudent;
}

/** The last published score by student and assignment. */
async function publishedByStudent(db: Database, students: readonly string[]): Promise<Map<string, number>> {
  if (students.length === 0) return new Map();
  const rows = await db
    .selectFrom('members')
    .innerJoin('published', 'published.team', 'members.team')
    .select(['members.student', 'published.assignment', 'published.score'])
    .where('members.student', 'in', students)
    .orderBy('published.at')
    .execute();
  return new Map(rows.map(({ student, assignment, score }) => [`${student} ${assignment}`, score]));
}

function standingOf(
  { id, counts, outOf }: CourseColumn,
  attempts: readonly CountedAttempt[],
  published: number | undefined,
): CourseStanding {
  const own = attempts.filter(({ assignment }) => assignment === id);
  const counting = countingAttempt(own, countsOf(counts));
  const common = { assignment: id, outOf, attempts: own.length, ...(published === undefined ? {} : { published }) };
  if (!counting) return { ...common, state: 'nothing handed in', reason: '', pending: 0, isLate: false };
  const { state, reason, score, pending, late_seconds: late } = counting;
  return { ...common, state, reason, pending, isLate: late > 0, ...(score >= 0 ? { score } : {}) };
}

function totalOf(
  assignments: readonly CourseColumn[],
  standings: readonly CourseStanding[],
  isWeighted: boolean,
): number {
  const scores = standings.map(({ score = 0 }) => score);
  if (!isWeighted) return cents(scores.reduce((sum, score) => sum + score, 0));
  const all = assignments.reduce((sum, { weight }) => sum + weight, 0);
  const shares = assignments.map(({ weight, outOf }, i) => (outOf > 0 ? (weight * scores[i]) / outOf : 0));
  return cents((100 * shares.reduce((sum, share) => sum + share, 0)) / all);
}

const cents = (value: number): number => Math.round(value * 100) / 100;
