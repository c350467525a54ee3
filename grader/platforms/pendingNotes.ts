import { points } from '../report/text/numbers.ts';
import type { ScoredWork, ScoreTable } from './ScoreTable.ts';

/** What a single number does not show: a line per pending criterion, with the students that wait for it. */
export function pendingNotes({ rows }: ScoreTable): string[] {
  const waiting = new Map<string, { points: number; names: string[] }>();
  for (const { name, result } of rows)
    for (const { id, points: worth } of result?.totals.pending ?? []) {
      const entry = waiting.get(id) ?? { points: worth, names: [] };
      entry.names.push(name);
      waiting.set(id, entry);
    }
  return [...waiting].map(
    ([id, { points: worth, names }]) =>
      `pending, not in the exported scores: ${id}, ${points(worth)} for ${some(names)}`,
  );
}

/** A line about the submissions of which only some criteria were examined; none if there is no such submission. */
export function partNotes(reports: readonly ScoredWork[]): string[] {
  const names = reports.filter(({ grading }) => grading.only.length > 0).map(({ submission }) => submission.name);
  return names.length === 0 ? [] : [`examined only in part, the exported scores cover that part only: ${some(names)}`];
}

/** Lines about the students who have no result. */
export const ungradedNotes = ({ rows }: ScoreTable): string[] => {
  const names = rows.filter(({ result }) => !result).map(({ name, reason }) => `${name} (${reason})`);
  return names.length === 0 ? [] : [`without a score: ${some(names)}`];
};

const MOST_NAMES = 5;

/** The first few names, and how many others. */
export function some(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
