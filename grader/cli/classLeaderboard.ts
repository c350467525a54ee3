import { availableParallelism } from 'node:os';
import type { ClassOptions } from '../class/gradeClass.ts';
import { isRanked } from '../leaderboard/standingsOf.ts';
import { saveLeaderboard } from '../report/leaderboard/saveLeaderboard.ts';
import { count } from '../report/text/numbers.ts';
import { knownPlaces, measuredPlaces, shownPlaces } from './measuredPlaces.ts';

type Options = Pick<ClassOptions, 'root' | 'book' | 'assignment' | 'isolation' | 'only' | 'out' | 'signal' | 'note'>;

/**
 * Saves the leaderboard of a class that was graded next to its report, if the assignment has one; returns the paths. What
 * decides a place is measured, unless only some criteria were graded.
 */
export async function classLeaderboard({ assignment, only, out, ...options }: Options): Promise<string[]> {
  if (!isRanked(assignment)) return [];
  const { book, note } = options;
  const given = { ...options, assignment, jobs: availableParallelism() };
  const teams = only.length === 0 ? await measuredPlaces(given) : await knownPlaces(given);
  if (options.signal.aborted) return [];
  const { board, named } = await shownPlaces(book, assignment, teams);
  if (board.open > 0)
    note(
      `the leaderboard has ${count(board.open, 'submission')} that could not be measured; see leaderboard-names.csv`,
    );
  return saveLeaderboard(board, named, out);
}
