import { exportedScore } from '../../report/text/exportedScore.ts';
import { points } from '../../report/text/numbers.ts';
import { csv } from '../../report/text/csv.ts';
import type { Gradebook } from '../../gradebook/Gradebook.ts';

/**
 * `final_grades.csv` as `otter grade` writes it
 * (https://otter-grader.readthedocs.io/en/latest/workflow/executing_submissions/): a column per criterion, the row of
 * maxima first, then the submissions by name; shares to four decimals. The status of a submission lists its pending
 * points.
 */
export function renderOtter({ criteria, rows }: Gradebook): string {
  const sorted = rows.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const all = Math.max(0, ...rows.map(({ totals }) => totals.all));
  return csv([
    [...criteria.map(({ id }) => id), 'file', 'percent_correct', 'total_points_earned', 'grading_status'],
    [...criteria.map(({ points }) => points), 'points-per-question', '', all, ''],
    ...sorted.map(({ name, totals, earned }) => {
      const { score, outOf } = exportedScore(totals);
      const share = outOf === 0 ? 0 : Math.round((score / outOf) * 10_000) / 10_000;
      const pending = totals.pending.map(({ id, points: worth }) => `${id} ${points(worth)}`);
      const status = pending.length > 0 ? `Pending: ${pending.join(', ')}` : 'Completed';
      return [...criteria.map(({ id }) => earned.get(id) ?? ''), name, share, score, status];
    }),
  ]);
}
