import { foldedText } from '../../grader/common/foldedText.ts';
import { CourseGradebook, keyOf } from '../../grader/gradebook/store/CourseGradebook.ts';
import { courseAssignment } from '../../grader/gradebook/store/assignments.ts';

export const STUDENTS = 100_000;
export const CRITERIA = 12;
const ATTEMPTS = 2;
const CHUNK = 500;
const AT = '2026-11-20T09:00:00.000Z';

/** Students with two attempts each at one assignment, and the outcomes of all criteria. */
export async function makeCourse(path: string): Promise<void> {
  const book = await CourseGradebook.open(path, '.');
  // A gradebook has a folder of reports from the first one on.
  await book.reports.write('{}');
  await courseAssignment(book, { id: 'hw', title: 'Homework', version: 1 });
  for (let first = 0; first < STUDENTS; first += CHUNK) {
    const numbers = Array.from({ length: CHUNK }, (_, i) => first + i);
    await addStudents(book, numbers);
    await addAttempts(book, numbers);
  }
  await book.close();
}

function addStudents(book: CourseGradebook, numbers: readonly number[]): Promise<void> {
  const students = numbers.map((n) => ({ id: `s${n}`, name: `Student ${n}`, email: '', email_key: '' }));
  return book.write(async (db) => {
    await db
      .insertInto('students')
      .values(students.map((student) => ({ ...student, name_key: foldedText(student.name) })))
      .execute();
    await db
      .insertInto('student_ids')
      .values(numbers.map((n) => ({ system: 'sid', value_key: `${n}`, value: `${n}`, student: `s${n}` })))
      .execute();
    await db
      .insertInto('members')
      .values(numbers.map((n) => ({ team: `t${n}`, student: `s${n}` })))
      .execute();
  });
}

function addAttempts(book: CourseGradebook, numbers: readonly number[]): Promise<void> {
  const attempts = numbers.flatMap((n) => Array.from({ length: ATTEMPTS }, (_, a) => attemptOf(n, a)));
  const outcomes = attempts.flatMap(({ id }) =>
    Array.from({ length: CRITERIA }, (_, c) => ({
      ...{
        result: id,
        criterion: `c.${c}`,
        status: 'passed',
        earned: 1,
        points: 1,
        bonus: 0,
        ratio: 0,
        cause: '',
        measured: '',
      },
    })),
  );
  return book.write(async (db) => {
    await db.insertInto('attempts').values(attempts).execute();
    await db
      .insertInto('results')
      .values(
        attempts.map(({ id }) => ({
          ...{ id, attempt: id, is_full: 1, gradings: id, report: '', at: AT, version: 1, left_out: '' },
        })),
      )
      .execute();
    for (let from = 0; from < outcomes.length; from += CHUNK * 2)
      await db
        .insertInto('outcomes')
        .values(outcomes.slice(from, from + CHUNK * 2))
        .execute();
  });
}

function attemptOf(student: number, number: number) {
  const id = keyOf('attempt', `${student} ${number}`);
  return {
    ...{ id, assignment: 'hw', team: `t${student}`, digest: id, received: `2026-11-2${number}T09:00:00.000Z` },
    ...{ source: `${student}.zip`, folder: '', state: 'graded' as const, reason: '', recorded: AT, seen: AT },
    ...{
      result: id,
      held: 0,
      waiting: '',
      score: (student * 7 + number) % 100,
      out_of: 100,
      pending: 0,
      late_seconds: 0,
    },
  };
}
