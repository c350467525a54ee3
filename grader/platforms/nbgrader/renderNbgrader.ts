import { exportedScore } from '../../report/text/exportedScore.ts';
import { csv } from '../../report/text/csv.ts';
import type { Gradebook } from '../../gradebook/Gradebook.ts';

const COLUMNS = [
  'assignment',
  'duedate',
  'timestamp',
  'student_id',
  'last_name',
  'first_name',
  'email',
  'raw_score',
  'late_submission_penalty',
  'score',
  'max_score',
];

/**
 * `grades.csv` as `nbgrader export` writes it
 * (https://github.com/jupyter/nbgrader/blob/main/nbgrader/plugins/export.py), except that a comma in a name is quoted.
 * Reports have no due date and no parts of names; those columns stay empty.
 */
export function renderNbgrader({ assignment, rows }: Gradebook): string {
  return csv([
    COLUMNS,
    ...rows.map(({ id, email = '', gradedAt, totals }) => {
      const { score, outOf } = exportedScore(totals);
      return [assignment.id, '', gradedAt, id, '', '', email, score, 0, score, outOf];
    }),
  ]);
}
