import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { credit, type Verdict } from '../verdicts.ts';
import { AnswersFile, type Found } from './AnswersFile.ts';
import { type AskedCell, type AskedCells, cellsOf } from './asked.ts';
import { judgeCell, numbersIn } from './judgeCell.ts';

const MOST_PROBLEMS = 20;

/**
 * Judges cells of an answers file, each for the same share. A mistake is reported by name and line; the right answer is
 * not.
 *
 * @param texts - the deliverables by path
 * @param file - which of them holds the answers
 * @throws SubmissionFault `not-implemented` if the file does not exist, or none of these cells is filled in
 * @throws CriterionFailure if the file is too large or not YAML
 *
 * @example
 * ```ts
 * criterion('sizes.pool', async () =>
 *   judgeAnswers(examination().sources(), 'answers.yaml', { pool: { output: [64, 20], parameters: 0 } }),
 * );
 * ```
 */
export function judgeAnswers(texts: Readonly<Record<string, string>>, file: string, asked: AskedCells): Verdict {
  if (!Object.hasOwn(texts, file)) throw new SubmissionFault('not-implemented', `no readable ${file} was handed in`);
  const answers = new AnswersFile(file, texts[file]);
  const cells = cellsOf(asked).map(({ path, cell }) => ({ name: path.join('.'), cell, found: answers.find(path) }));
  if (cells.every(({ found }) => found.is === 'blank' || found.is === 'missing'))
    throw new SubmissionFault('not-implemented', `${file}: ${listed(cells.map(({ name }) => name))} not filled in yet`);
  const numbersAt = (name: string) => {
    const found = answers.find(name.split('.'));
    return found.is === 'written' ? numbersIn(found.node) : undefined;
  };
  const problems = cells.flatMap(({ name, cell, found }) => {
    const problem = problemOf(cell, found, numbersAt);
    return problem === undefined ? [] : [`${file}:${found.line}: ${name}: ${problem}`];
  });
  const right = cells.length - problems.length;
  return credit(
    right / cells.length,
    problems.length === 0 ? '' : `${right} of ${cells.length} answers are right`,
    problems.slice(0, MOST_PROBLEMS).map((message) => ({ type: 'remark', message })),
  );
}

function problemOf(cell: AskedCell, found: Found, others: Parameters<typeof judgeCell>[2]): string | undefined {
  if (found.is === 'written') return judgeCell(cell, found.node, others);
  if (found.is === 'malformed') return found.problem;
  return found.is === 'blank' ? 'not filled in' : 'missing';
}

/** A few names; a table has too many for one line. */
const listed = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
