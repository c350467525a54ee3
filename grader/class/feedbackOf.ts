import { timesOfAttempt } from '../gradebook/store/attemptTimes.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { applyEntries } from '../gradebook/applyEntries.ts';
import { givenTo } from '../gradebook/store/entries.ts';
import { readResult } from '../gradebook/store/gradings.ts';
import type { Person } from '../gradebook/store/people.ts';
import { type TeamAttempts, teamsFor } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Student } from '../model/student.ts';
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
  const { teams } = await book.read((db) => teamsFor(db, assignment.id));
  const seen = new Set<string>();
  for (const team of latestFirst(teams)) {
    const text = await pageOf(book, assignment, team, isAfterDue);
    for (const student of team.students) {
      if (seen.has(student.id)) continue;
      seen.add(student.id);
      yield { student, page: text };
    }
  }
}

/** Somebody who was in several teams gets what counts for them: the work that was handed in last. */
const latestFirst = (teams: readonly TeamAttempts[]): TeamAttempts[] =>
  teams.toSorted((a, b) => (a.counting.seen < b.counting.seen ? 1 : -1));

async function pageOf(
  book: CourseGradebook,
  assignment: Assignment,
  { team, counting }: TeamAttempts,
  isAfterDue: boolean,
): Promise<string> {
  const result = await readResult(book, counting.result);
  if (!result) return withoutScore(assignment, counting.state, counting.reason);
  const entries = await givenTo(book, assignment.id, team);
  const report = applyEntries(assignment, result.report, entries, timesOfAttempt(counting));
  return isAfterDue ? renderStudentPageAfterDue(report) : renderStudentPage(report);
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

const MAX_NAME = 80;

/** Names of letters, digits, dots and dashes, distinct on every file system. */
export function distinctNames(): (student: Student) => string {
  const taken = new Set<string>();
  return ({ name, ids }) => {
    const clean = [name, ...Object.values(ids)]
      .join('-')
      .normalize('NFKC')
      .replace(/[^\p{L}\p{N}._-]+/gu, '_');
    const base = clean.replace(/^[._-]+/u, '').slice(0, MAX_NAME) || 'student';
    for (let n = 1; ; n++) {
      const free = n === 1 ? base : `${base}.${n}`;
      if (taken.has(free.toLowerCase())) continue;
      taken.add(free.toLowerCase());
      return free;
    }
  };
}
