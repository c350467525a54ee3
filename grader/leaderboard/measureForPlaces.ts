import { inPool } from '../common/inPool.ts';
import { GradingRunner, type RunnerOptions } from '../course/GradingRunner.ts';
import { storedSubmission } from '../course/storedSubmission.ts';
import { readReportedResult } from '../gradebook/store/results.ts';
import { namesOf } from '../gradebook/store/teams.ts';
import { asRanked } from '../model/assignment.ts';
import { machineFaultOf } from '../model/errors.ts';
import { mayHavePlace } from './placesOf.ts';
import type { TeamStanding } from './Standing.ts';
import { type RankedAssignment, standingsOf } from './standingsOf.ts';

export interface MeasureOptions extends RunnerOptions {
  readonly assignment: RankedAssignment;
  /** Called before each measurement. */
  readonly began: (students: string) => unknown;
  /** Says what a person should know. */
  readonly note: (line: string) => unknown;
}

/**
 * Measures again, with the settings that decide a place, the work that may have a place that is worth something: the most
 * promising first, until no other can reach these places. What counts is not changed.
 *
 * @returns what is known then; the same as before if the assignment has no such settings
 */
export async function measureForPlaces(options: MeasureOptions): Promise<TeamStanding[]> {
  const { root, book, assignment, engine, signal } = options;
  const ranked = asRanked(assignment);
  const runner = ranked && new GradingRunner({ ...options, assignment: ranked });
  const tried = new Set<string>();
  for (;;) {
    const standings = await standingsOf(root, book, assignment);
    const works = nextOf(assignment, standings).filter(({ team }) => !tried.has(team.counting.digest));
    if (!runner || works.length === 0 || signal.aborted) return standings;
    const width = await engine.width('timed');
    const some = works.slice(0, Math.max(width, assignment.leaderboard.bonus.length));
    some.forEach(({ team }) => tried.add(team.counting.digest));
    await inPool(some, width, signal, (work) => measure(options, runner, work));
  }
}

/** The works that may have a place, and whose value is not known well enough, the most promising first; each once. */
function nextOf({ leaderboard }: RankedAssignment, standings: readonly TeamStanding[]): TeamStanding[] {
  const known = standings.flatMap(({ standing }) => standing ?? []);
  const mayHave = mayHavePlace(leaderboard, known);
  const works = standings.filter(({ standing, team }) => standing && mayHave(standing) && team.counting.result !== '');
  const byDigest = new Map(works.map((work) => [work.team.counting.digest, work]));
  return [...byDigest.values()].sort((a, b) => descending(a.standing!.high, b.standing!.high));
}

/** Also of infinite numbers. */
const descending = (a: number, b: number): number => (a === b ? 0 : b - a);

async function measure(
  { book, assignment, signal, began, note }: MeasureOptions,
  runner: GradingRunner,
  { team, tries }: TeamStanding,
): Promise<void> {
  const { counting } = team;
  const result = await readReportedResult(book, counting.result);
  const submission = await storedSubmission(book, assignment, counting, result?.report);
  if (!submission) return;
  began(namesOf(team));
  try {
    // One that came to nothing is made again: another seed gives it another name.
    const work = { submission, path: counting.source, seed: 1 + tries };
    await runner.gradings(work, [[...assignment.leaderboard.from]]);
  } catch (error) {
    const fault = machineFaultOf(error);
    if (!fault && !signal.aborted) throw error;
    if (fault) note(`${namesOf(team)}: ${fault.message}`);
  }
}
