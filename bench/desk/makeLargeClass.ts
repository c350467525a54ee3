import { join } from 'node:path';
import Libsql from 'libsql';
import { recordClass } from '../../grader/desk/test/exampleCourse.ts';
import { CourseGradebook } from '../../grader/gradebook/store/CourseGradebook.ts';
import type { Assignment } from '../../grader/model/assignment.ts';

/** Students that are recorded as `grade class` does; the others are copies of them, because recording takes time. */
const RECORDED = 50;

/**
 * A graded class in the gradebook of a folder.
 *
 * @param size - a multiple of 50
 * @returns one of its teams
 */
export async function makeLargeClass(folder: string, assignment: Assignment, size: number): Promise<string> {
  const path = join(folder, 'gradebook.db');
  const book = await CourseGradebook.open(path, folder);
  const [team] = await recordClass(book, assignment, RECORDED);
  await book.close();
  const file = new Libsql(path);
  const last = size / RECORDED - 1;
  const copies = `(with recursive copies(n) as (select 1 union all select n + 1 from copies where n < ${last}) select n from copies)`;
  for (const [table, columns] of COPIES) file.exec(`insert into ${table} select ${columns} from ${table}, ${copies}`);
  file.close();
  return team;
}

/** The columns of a copy with number `n`, by table. */
const COPIES = [
  ['outcomes', 'result || n, criterion, status, earned, points, bonus, ratio, cause'],
  ['results', 'id || n, attempt || n, is_full, gradings, report, at, version, left_out'],
  [
    'attempts',
    `id || n, assignment, team || n, digest, received, source, folder, state, reason, recorded, seen, result || n, held, score,
     out_of, pending, late_seconds, waiting`,
  ],
  ['members', 'team || n, student || n'],
  ['student_ids', "system, value_key || '-' || n, value || '-' || n, student || n"],
  ['students', "id || n, name || ' ' || n, name_key || ' ' || n, n || email, n || email_key"],
] as const;
