import type { Attempt } from '../gradebook/store/attempts.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { addEntry, entriesOf, type Entry, replacedBy } from '../gradebook/store/entries.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import { countAgain } from './countAgain.ts';
import { renewAfterSaving } from './renewStaleReports.ts';
import { settleTeam } from './settleTeam.ts';

/** Somebody else has given something meanwhile; nothing was recorded. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
  /** What counts now. */
  readonly counting: Entry;

  constructor(counting: Entry) {
    super(`${counting.by} has given something meanwhile`);
    this.counting = counting;
  }
}

/**
 * Records what a person gives for an attempt, and renews its reports. The entry and the score that it makes are written
 * together: a process that is killed leaves both or none. Reports that it could not renew are stale.
 *
 * @param seen - the ids of entries that the person knew to count until now; any may count if it is undefined
 * @returns what does not count any more, and the report of the attempt, if it has a score
 * @throws Overtaken if another one counts
 * @throws MachineFault if the entry was recorded, but a report could not be renewed
 * @example
 *   const entry = { ...NOTHING_GIVEN, kind: 'points', criterion: 'essay.method', points: 4, note, by };
 *   await giveEntry(book, assignment, attempt, entry);
 */
export async function giveEntry(
  book: CourseGradebook,
  assignment: Assignment,
  attempt: Pick<Attempt, 'id' | 'team'>,
  entry: Omit<Entry, 'id' | 'at'>,
  seen?: readonly string[],
): Promise<{ replaced: Entry | undefined; report: ScoreReport | undefined }> {
  const { team, id } = attempt;
  const replaced = await book.write(async (db) => {
    const counting = replacedBy(await entriesOf(db, assignment.id, team), entry);
    if (counting && seen && !seen.includes(counting.id)) throw new Overtaken(counting);
    await addEntry(db, assignment.id, team, entry);
    await countAgain(db, assignment, team);
    return counting;
  });
  const reports = await renewAfterSaving(() => settleTeam(book, assignment, team));
  return { replaced, report: reports.get(id) };
}
