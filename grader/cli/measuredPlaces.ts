import { withLocalEngine } from '../engines/withLocalEngine.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { pseudonymsOf } from '../gradebook/store/pseudonyms.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import { leaderboardOf, namedRows } from '../leaderboard/leaderboardOf.ts';
import { measureForPlaces } from '../leaderboard/measureForPlaces.ts';
import { type RankedTeam, rankedTeams } from '../leaderboard/RankedTeam.ts';
import { type RankedAssignment, standingsOf } from '../leaderboard/standingsOf.ts';
import { asRanked } from '../model/assignment.ts';
import type { Leaderboard, NamedRow } from '../model/leaderboard.ts';
import { printableLine } from '../report/text/printable.ts';
import { lanesFor } from './lanesFor.ts';
import { chosenGemm } from './options.ts';

interface PlacesOptions {
  /** The repository's folder. */
  readonly root: string;
  readonly book: CourseGradebook;
  readonly assignment: RankedAssignment;
  /** Submissions at a time. */
  readonly jobs: number;
  readonly isolation: IsolationChoice;
  readonly signal: AbortSignal;
  /** Says what a person should know. */
  readonly note: (line: string) => void;
}

/** The places of a class, after this machine has measured what decides one. */
export async function measuredPlaces(options: PlacesOptions): Promise<RankedTeam[]> {
  const { root, book, assignment, jobs, isolation, signal, note } = options;
  const sandbox = await sandboxFor(root, isolation, assignment);
  const means = {
    root,
    assignment: asRanked(assignment) ?? assignment,
    sandbox,
    lanes: lanesFor(jobs, note),
    jobs,
    signal,
  };
  const began = (students: string) => process.stderr.write(`${printableLine(`measuring for a place: ${students}`)}\n`);
  const standings = await withLocalEngine(means, (engine) =>
    measureForPlaces({
      root,
      book,
      assignment,
      gemm: chosenGemm(),
      isolation: sandbox.tier,
      engine,
      signal,
      began,
      note,
    }),
  );
  return rankedTeams(assignment.leaderboard, standings);
}

/** The places of a class by what is known. */
export const knownPlaces = async ({ root, book, assignment }: Pick<PlacesOptions, 'root' | 'book' | 'assignment'>) =>
  rankedTeams(assignment.leaderboard, await standingsOf(root, book, assignment));

/** A leaderboard for everybody, and its lines with names. */
export async function shownPlaces(
  book: CourseGradebook,
  assignment: RankedAssignment,
  teams: readonly RankedTeam[],
): Promise<{ board: Leaderboard; named: NamedRow[] }> {
  const named = namedRows(teams, await book.write(pseudonymsOf));
  return { board: leaderboardOf(assignment, named), named };
}
