import type { ExpressionBuilder } from 'kysely';
import { groupBy } from '../../common/groupBy.ts';
import { sumOf } from '../../common/round.ts';
import type { CourseColumn, CourseHead, CourseRow, CourseStanding } from '../../model/course.ts';
import type { CourseGradebook } from './CourseGradebook.ts';
import { countingAttempt, withoutFormerWork } from './countingAttempt.ts';
import { countsOf } from './assignments.ts';
import { byOrder, type Person, personsFrom } from './people.ts';
import type { AttemptTable, Database, Tables } from './tables.ts';
import { enrolmentsOf, sectionsIn } from './enrolments.ts';

export interface Overview extends CourseHead {
  /** Rows by name, some hundreds at a time: a course may be larger than the memory. */
  readonly pages: AsyncGenerator<CourseRow[]>;
}

const PAGE = 500;

/**
 * Students × assignments.
 *
 * @param only - one assignment; all of the course if undefined
 */
export async function overviewOf(book: CourseGradebook, only?: string): Promise<Overview> {
  const hasSections = (await book.read(sectionsIn)).length > 0;
  const assignments = (await book.read(courseAssignments)).filter(({ id }) => only === undefined || id === only);
  const isWeighted = assignments.some(({ weight }) => weight > 0);
  return { columns: assignments, isWeighted, hasSections, pages: pagesOf(book, assignments, isWeighted) };
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
  let after: string | undefined;
  do {
    const from: string | undefined = after;
    const to = await book.read((db) => lastNameAfter(db, from));
    yield await book.read((db) => pageOf(db, assignments, isWeighted, between(from, to)));
    after = to;
  } while (after !== undefined);
}

/** The last name of a page of students; undefined if the rest fits. Students of one name are in one page. */
async function lastNameAfter(db: Database, name: string | undefined): Promise<string | undefined> {
  const students = db.selectFrom('students').select('name_key').where(between(name, undefined)).orderBy('name_key');
  return (
    await students
      .offset(PAGE - 1)
      .limit(1)
      .executeTakeFirst()
  )?.name_key;
}

/** The condition on the name of a student in a page; undefined is the beginning and the end. */
const between =
  (after: string | undefined, to: string | undefined) =>
  ({ eb, and }: ExpressionBuilder<Tables, 'students'>) =>
    and([
      ...(after === undefined ? [] : [eb('students.name_key', '>', after)]),
      ...(to === undefined ? [] : [eb('students.name_key', '<=', to)]),
    ]);

async function pageOf(
  db: Database,
  assignments: readonly CourseColumn[],
  isWeighted: boolean,
  isInPage: ReturnType<typeof between>,
): Promise<CourseRow[]> {
  const students = await personsIn(db, isInPage);
  const [attempts, published] = [await attemptsByStudent(db, isInPage), await publishedByStudent(db, isInPage)];
  const enrolments = await enrolmentsOf(
    db,
    students.map(({ id }) => id),
  );
  return students.map((student) => {
    const standings = assignments.map((assignment) =>
      standingOf(assignment, attempts.get(student.id) ?? [], published.get(`${student.id} ${assignment.id}`)),
    );
    const { section = '', team = '' } = enrolments.get(student.id) ?? {};
    return { student, section, team, standings, total: totalOf(assignments, standings, isWeighted) };
  });
}

/** By name as the database sorts it; those of one name in their own order. */
async function personsIn(db: Database, isInPage: ReturnType<typeof between>): Promise<Person[]> {
  const students = await db
    .selectFrom('students')
    .select(['id', 'name', 'email', 'name_key'])
    .where(isInPage)
    .orderBy('name_key')
    .execute();
  const ids = await db
    .selectFrom('students')
    .innerJoin('student_ids', 'student_ids.student', 'students.id')
    .select(['student_ids.system', 'student_ids.value', 'student_ids.student'])
    .where(isInPage)
    .execute();
  const persons = personsFrom(students, ids);
  const byName = groupBy(persons.keys(), (at) => students[at].name_key);
  return [...byName.values()].flatMap((places) => places.map((at) => persons[at]).sort(byOrder));
}

type CountedAttempt = Pick<
  AttemptTable,
  | 'assignment'
  | 'state'
  | 'reason'
  | 'received'
  | 'seen'
  | 'source'
  | 'score'
  | 'pending'
  | 'late_seconds'
  | 'digest'
  | 'folder'
>;

async function attemptsByStudent(
  db: Database,
  isInPage: ReturnType<typeof between>,
): Promise<Map<string, CountedAttempt[]>> {
  const rows = await db
    .selectFrom('students')
    .innerJoin('members', 'members.student', 'students.id')
    .innerJoin('attempts', 'attempts.team', 'members.team')
    .select(['members.student', 'attempts.assignment', 'attempts.state', 'attempts.reason', 'attempts.received'])
    .select(['attempts.seen', 'attempts.source', 'attempts.score', 'attempts.pending', 'attempts.late_seconds'])
    .select(['attempts.digest', 'attempts.folder'])
    .where(isInPage)
    .execute();
  return groupBy(rows, ({ student }) => student);
}

/** The last published score by student and assignment. */
async function publishedByStudent(db: Database, isInPage: ReturnType<typeof between>): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('students')
    .innerJoin('members', 'members.student', 'students.id')
    .innerJoin('published', 'published.team', 'members.team')
    .select(['members.student', 'published.assignment', 'published.score'])
    .where(isInPage)
    .orderBy('published.at')
    .execute();
  return new Map(rows.map(({ student, assignment, score }) => [`${student} ${assignment}`, score]));
}

function standingOf(
  { id, counts, outOf }: CourseColumn,
  attempts: readonly CountedAttempt[],
  published: number | undefined,
): CourseStanding {
  const own = withoutFormerWork(attempts.filter(({ assignment }) => assignment === id));
  const counting = countingAttempt(own, countsOf(counts));
  return {
    assignment: id,
    state: counting?.state ?? 'nothing handed in',
    reason: counting?.reason ?? '',
    score: counting && counting.score >= 0 ? counting.score : undefined,
    outOf,
    pending: counting?.pending ?? 0,
    isLate: (counting?.late_seconds ?? 0) > 0,
    attempts: own.length,
    published,
  };
}

function totalOf(
  assignments: readonly CourseColumn[],
  standings: readonly CourseStanding[],
  isWeighted: boolean,
): number {
  const scores = standings.map(({ score = 0 }) => score);
  if (!isWeighted) return sumOf(scores);
  const all = assignments.reduce((sum, { weight }) => sum + weight, 0);
  const shares = assignments.map(({ weight, outOf }, i) => (outOf > 0 ? (weight * scores[i]) / outOf : 0));
  return cents((100 * shares.reduce((sum, share) => sum + share, 0)) / all);
}

const cents = (value: number): number => Math.round(value * 100) / 100;
