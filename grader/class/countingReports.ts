import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { absentFrom } from '../gradebook/store/absentFrom.ts';
import type { Person } from '../gradebook/store/people.ts';
import { namesOf } from '../gradebook/store/teams.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Student } from '../model/student.ts';
import type { Ungraded } from '../platforms/ScoreTable.ts';
import { countingWork } from './countingWork.ts';

/** What a gradebook has of an assignment, of each student once. */
export interface CountingReports {
  readonly reports: readonly ScoreReport[];
  readonly ungraded: readonly Ungraded[];
}

/** The reports that count, for an export, and those whose work has no score. */
export async function countingReports(book: CourseGradebook, assignment: Assignment): Promise<CountingReports> {
  const reports: ScoreReport[] = [];
  const ungraded: Ungraded[] = [];
  for await (const { students: persons, report, counting } of countingWork(book, assignment)) {
    const students = persons.map(studentOf);
    if (report) reports.push({ ...report, submission: { ...report.submission, students } });
    else ungraded.push({ name: namesOf({ students: persons }), students, reason: counting.reason, isAbsent: false });
  }
  // Of an assignment that nobody handed in, nobody is missing.
  if (reports.length + ungraded.length > 0)
    for (const person of await book.read((db) => absentFrom(db, assignment.id)))
      ungraded.push({ name: person.name, students: [studentOf(person)], reason: 'handed in nothing', isAbsent: true });
  return { reports, ungraded };
}

const studentOf = ({ name, email, ids }: Person): Student => ({ name, ...(email && { email }), ids });
