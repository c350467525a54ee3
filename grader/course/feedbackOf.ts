import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { absentFrom } from '../gradebook/store/absentFrom.ts';
import { knownPseudonyms } from '../gradebook/store/pseudonyms.ts';
import type { Person } from '../gradebook/store/people.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Student } from '../model/student.ts';
import { countingWork } from './countingWork.ts';
import { html } from '../report/html/html.ts';
import { page } from '../report/html/page.ts';
import { renderStudentPage, renderStudentPageAfterDue } from '../report/html/studentPage.ts';

/** The page that a student gets back. */
export interface Feedback {
  readonly student: Person;
  readonly page: string;
}

/** The feedback of everyone in the course, one page at a time; none if nobody handed in. */
export async function* feedbackOf(
  book: CourseGradebook,
  assignment: Assignment,
  isAfterDue: boolean,
): AsyncGenerator<Feedback> {
  let isHandedIn = false;
  const pseudonymOf = assignment.leaderboard && (await book.read(knownPseudonyms));
  for await (const { team, students, report, counting } of countingWork(book, assignment)) {
    const page = await (report
      ? (isAfterDue ? renderStudentPageAfterDue : renderStudentPage)(report, pseudonymOf?.(team))
      : withoutScore(assignment, counting.state, counting.reason));
    isHandedIn = true;
    for (const student of students) yield { student, page };
  }
  if (!isHandedIn) return;
  const nothing = withoutScore(assignment, 'absent', '');
  for (const student of await book.read((db) => absentFrom(db, assignment.id))) yield { student, page: nothing };
}

function withoutScore({ title }: Assignment, state: string, reason: string): string {
  const what =
    state === 'ungradable'
      ? html`<p>Your work could not be graded:</p>
          <pre>${reason}</pre>
          <p>Correct it and hand it in again, if that is still possible.</p>`
      : html`<p>${state === 'absent' ? 'Nothing of yours was received.' : 'Your work has not been graded yet.'}</p>`;
  return page(
    title,
    html`<h1>${title}</h1>
      ${what}`,
  );
}

/** The folder by which Moodle finds a student in an archive of feedback files; undefined without Moodle's number. */
export function moodleFolder({ name, ids: { moodle } }: Student): string | undefined {
  return moodle === undefined ? undefined : `${name.replaceAll(/[/\\]/gu, '_')}_${moodle}_assignsubmission_file_`;
}
