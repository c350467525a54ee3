import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { staleTeams } from '../gradebook/store/staleReports.ts';
import type { Assignment } from '../model/assignment.ts';
import { MachineFault, machineFaultOf, UsageError } from '../model/errors.ts';
import { settleTeam } from './settleTeam.ts';

/**
 * Renews the saved reports that a command left stale, because it was killed or the disk was full.
 *
 * @param assignmentOf - finds an assignment by its id
 * @param note - called with why a report stays stale: the course has no such assignment any more, or the machine fails again
 */
export async function renewStaleReports(
  book: CourseGradebook,
  assignmentOf: (id: string) => Assignment,
  note: (line: string) => void,
): Promise<void> {
  for (const { assignment, team } of await book.read(staleTeams))
    try {
      await settleTeam(book, assignmentOf(assignment), team);
    } catch (error) {
      const why = error instanceof UsageError ? error : machineFaultOf(error);
      if (!why) throw error;
      note(`a saved report of ${assignment} is out of date and could not be renewed: ${why.message}`);
    }
}

/**
 * Renews reports after what they show was recorded.
 *
 * @throws MachineFault if they cannot be written; it says that nothing else was lost
 */
export async function renewAfterSaving<T>(renew: () => Promise<T>): Promise<T> {
  try {
    return await renew();
  } catch (error) {
    const fault = machineFaultOf(error);
    if (!fault) throw error;
    throw new MachineFault(
      `Saved; the report could not be renewed because of this: ${fault.message}. The next command that changes the gradebook renews it`,
      { cause: error },
    );
  }
}
