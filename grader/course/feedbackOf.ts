import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
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

/** The feedback of everyone who handed in, one page at a time. */
export async function* feedbackOf(
  book: CourseGradebook,
  assignment: Assignment,
  isAfterDue: boolean,
): AsyncGenerator<Feedback> {
  for await (const { students, report, counting } of countingWork(book, assignment)) {
    const page = await (report
      ? (isAfterDue ? renderStudentPageAfterDue : renderStudentPage)(report)
      : withoutScore(assignment, counting.state, counting.reason));
    for (const student of students) yield { student, page };
  }
}

function withoutScore({ title }: Assignment, state: string, reason: string): string {
  const what =
    state === 'ungradable'
      ? html`<p>Your work could not be graded:</p>
          <pre>${reason}</pre>
          <p>Correct it and hand it in again, if that is still possible.</p>`
      : html`<p>Your work has not been graded yet.</p>`;
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
