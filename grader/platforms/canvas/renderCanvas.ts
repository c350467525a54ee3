import { exportedScore } from '../../report/text/exportedScore.ts';
import { csvForExcel } from '../../report/text/csv.ts';
import { type ScoreTable, type ScoreRow, isLoginLike } from '../ScoreTable.ts';

/**
 * A gradebook for Canvas's import (https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb):
 * the columns before the assignment must be these and end with `Section`; the second row says ` Points Possible`.
 * Canvas finds a student by its own number, which is in the names of its downloads, else by the university's number, by
 * login and by name. It finds the assignment by its title, and offers to create one if there is none. An empty score
 * leaves a student without one.
 */
export function renderCanvas({ assignment, rows }: ScoreTable): string {
  const all = Math.max(0, ...rows.flatMap(({ result }) => result?.totals.all ?? []));
  return csvForExcel([
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', assignment.title],
    [POINTS_POSSIBLE, '', '', '', '', all],
    ...rows.map((row) => [row.name, ...identifiers(row), '', row.result ? exportedScore(row.result.totals).score : '']),
  ]);
}

const POINTS_POSSIBLE = '    Points Possible';

/** A name that may be a login stands for it if nothing else is known. */
function identifiers({ ids, email, name }: ScoreRow): [id: string, sisId: string, login: string] {
  const { canvas = '', sid = '', login = '' } = ids;
  const isUnknown = canvas === '' && sid === '' && login === '';
  return [canvas, sid, isUnknown ? (email ?? (isLoginLike(name) ? name : '')) : login];
}
