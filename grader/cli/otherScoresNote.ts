import { dirname } from 'node:path';
import { foldedText } from '../common/foldedText.ts';
import { countingScores } from '../course/countingScores.ts';
import { foundAt } from '../host/files/foundAt.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import type { Student } from '../model/student.ts';
import { some } from '../platforms/pendingNotes.ts';
import { type ScoreRow, type ScoreTable, scoreTableOf } from '../platforms/ScoreTable.ts';
import { exportedScore } from '../report/text/exportedScore.ts';
import { gradebookBeside, withKnownGradebook } from './gradebookOption.ts';

/**
 * Says of whom the gradebook beside a class's reports counts another score than the class report has: another attempt
 * counts, or something was decided since. Nothing if there is no gradebook, or none has another score.
 *
 * @param path - the `class.json`
 */
export async function otherScoresNote(
  path: string,
  table: ScoreTable,
  findAssignment: () => Assignment,
): Promise<string | undefined> {
  const gradebook = gradebookBeside(dirname(path));
  if (!foundAt(gradebook)) return undefined;
  try {
    return await noteOn(table, findAssignment(), gradebook);
  } catch (error) {
    // A class report can be exported without the course, or beside a gradebook that is not its own.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

async function noteOn(table: ScoreTable, assignment: Assignment, gradebook: string): Promise<string | undefined> {
  const { scored, ungraded } = await withKnownGradebook(gradebook, (book) => countingScores(book, assignment), 'read');
  const counting = scored.length === 0 ? [] : scoreTableOf(scored, ungraded).rows;
  const other = table.rows.filter((row) => {
    const theirs = counting.filter((each) => areSame(row, each));
    return theirs.length === 1 && scoreOf(theirs[0]) !== scoreOf(row);
  });
  if (other.length === 0) return undefined;
  return `the gradebook counts another score of ${some(other.map(({ name }) => name))}; grade export --assignment ${assignment.id} takes those`;
}

const scoreOf = ({ result }: ScoreRow): number | undefined => result && exportedScore(result.totals).score;

/** Whether two students have an id or the address in common or, if neither has any, the name. */
function areSame(a: Student, b: Student): boolean {
  const [first, second] = [a, b].map(({ ids, email }) => [
    ...Object.entries(ids).map(([system, id]) => `${system} ${foldedText(id)}`),
    ...(email === undefined ? [] : [foldedText(email)]),
  ]);
  const isAnonymous = first.length === 0 || second.length === 0;
  return isAnonymous ? foldedText(a.name) === foldedText(b.name) : first.some((key) => second.includes(key));
}
