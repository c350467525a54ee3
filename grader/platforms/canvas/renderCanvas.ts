import { exportedScore } from '../../report/text/exportedScore.ts';
import { csv } from '../../report/text/csv.ts';
import type { Gradebook, GradebookRow } from '../../gradebook/Gradebook.ts';

/**
 * A gradebook for Canvas's import (https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb):
 * the columns before the assignment must be these and end with `Section`; the second row says ` Points Possible`.
 * Canvas finds a student by its own number, which is in the names of its downloads, else by login, else by name. It
 * finds the assignment by its title, and offers to create one if there is none.
 */
export function renderCanvas({ assignment, rows }: Gradebook): string {
  const all = Math.max(0, ...rows.map(({ totals }) => totals.all));
  return csv([
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', assignment.title],
    [POINTS_POSSIBLE, '', '', '', '', all],
    ...rows.map((row) => [row.name, ...identifiers(row), '', exportedScore(row.totals).score]),
  ]);
}

const POINTS_POSSIBLE = '    Points Possible';

/** Canvas's own number or the login; numbers of other systems are not used. */
function identifiers({ id, name }: GradebookRow): [id: string, sisId: string, login: string] {
  return /^\d+$/.test(id) && id !== name ? [id, '', ''] : ['', '', id];
}
