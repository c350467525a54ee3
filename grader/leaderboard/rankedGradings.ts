import { groupBy } from '../common/groupBy.ts';
import { programDigests } from '../engines/gradingKey.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { readReport } from '../gradebook/store/gradings.ts';
import type { GradingTable } from '../gradebook/store/tables.ts';
import { asRanked, type Assignment } from '../model/assignment.ts';
import { tellingEvidence } from '../report/class/tellingEvidence.ts';
import type { Examined } from './Standing.ts';

/** What measurements for a place came to, by the criterion, and how many there were. */
export interface RankedWork {
  readonly again: ReadonlyMap<string, Examined['again']>;
  readonly tries: number;
}

/**
 * Finds the measurements that were made for places, by the digest of the work. Those that another version of the assignment
 * made do not count.
 *
 * @param root - the repository's folder
 */
export async function rankedGradings(
  root: string,
  book: CourseGradebook,
  assignment: Assignment,
): Promise<ReadonlyMap<string, RankedWork>> {
  const ranked = asRanked(assignment);
  if (!ranked) return new Map();
  const { assignment: sources } = programDigests(root, ranked);
  const rows = await book.read((db) =>
    db.selectFrom('gradings').selectAll().where('assignment_sources', '=', sources).orderBy('at').execute(),
  );
  const found = [...groupBy(rows, ({ submission }) => submission)].map(
    async ([digest, gradings]) => [digest, await rankedWork(book, gradings)] as const,
  );
  return new Map(await Promise.all(found));
}

/** @param gradings - of one work; of those of a criterion the last one with a value counts, or else the last */
async function rankedWork(book: CourseGradebook, gradings: readonly GradingTable[]): Promise<RankedWork> {
  const again = new Map<string, Examined['again']>();
  for (const { report } of gradings)
    for (const outcome of (report === '' ? undefined : await readReport(book, report))?.outcomes ?? []) {
      const { measured } = tellingEvidence(outcome);
      if (measured || !again.get(outcome.id)?.measured) again.set(outcome.id, { status: outcome.status, measured });
    }
  return { again, tries: gradings.length };
}
