import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { sharedNamesOf, teamOf } from '../gradebook/store/people.ts';
import type { Student } from '../model/student.ts';

/** Records that some students are in the course, although they handed in nothing. */
export async function recordAbsent(book: CourseGradebook, students: readonly Student[]): Promise<void> {
  if (students.length === 0) return;
  const shared = sharedNamesOf(students);
  await book.write(async (db) => {
    for (const student of students) await teamOf(db, [student], shared);
  });
}
