import { exportedScore } from '../../report/text/exportedScore.ts';
import { points } from '../../report/text/numbers.ts';
import { csv } from '../../report/text/csv.ts';
import { type ScoreTable, type ScoreRow, idOf } from '../ScoreTable.ts';

/**
 * `final_grades.csv` as `otter grade` writes it
 * (https://otter-grader.readthedocs.io/en/latest/workflow/executing_submissions/): a column per criterion, the row of
 * maxima first, then the students by name; shares to four decimals. The status of a student lists the pending points, or
 * says why there is no score. The column `file` has the name, with the id if two students share it.
 */
export function renderOtter({ criteria, rows }: ScoreTable): string {
  const names = new Map<string, number>();
  for (const { name } of rows) names.set(name, (names.get(name) ?? 0) + 1);
  const fileOf = (row: ScoreRow) => (names.get(row.name) === 1 ? row.name : `${row.name} (${idOf(row)})`);
  const lines = rows.map((row) => ({ row, file: fileOf(row) }));
  const all = Math.max(0, ...rows.flatMap(({ result }) => result?.totals.all ?? []));
  return csv([
    [...criteria.map(({ id }) => id), 'file', 'percent_correct', 'total_points_earned', 'grading_status'],
    [...criteria.map(({ points }) => points), 'points-per-question', '', all, ''],
    ...lines
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
      .map(({ row, file }) => {
        const { share, score, status } = resultOf(row);
        return [...criteria.map(({ id }) => row.result?.earned.get(id) ?? ''), file, share, score, status];
      }),
  ]);
}

function resultOf({ result, reason }: ScoreRow): { share: number | ''; score: number | ''; status: string } {
  if (!result) return { share: '', score: '', status: reason };
  const { score, outOf } = exportedScore(result.totals);
  const pending = result.totals.pending.map(({ id, points: worth }) => `${id} ${points(worth)}`);
  return {
    share: outOf === 0 ? 0 : Math.round((score / outOf) * 10_000) / 10_000,
    score,
    status: pending.length > 0 ? `Pending: ${pending.join(', ')}` : 'Completed',
  };
}
