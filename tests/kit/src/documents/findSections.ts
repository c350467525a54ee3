/** The sections of a report: for each task its questions, `{ 1: ['a', 'b'], 2: [] }`. */
export type AskedSections = Readonly<Record<number, readonly string[]>>;

/** "Task 2", "Problem 2 (a):", "2.", "2a) Architecture", at the beginning of a line. */
const TASK =
  /^(?:(?<word>task|problem|exercise|question|part|section|assignment)\s*)?(?<task>\d{1,2})(?<mark>[.:)]|\s*[-–])?\s*\(?(?<question>[a-z](?![a-z]))?/iu;
/** "(a)", "a)", "a." */
const QUESTION = /^\(?(?<question>[a-z])[).:]/iu;
/** Without a word before it, a number begins many sentences. */
const MOST_OF_HEADING = 80;

/**
 * Which of the sections have a heading: a line that begins with the number of the task, with or without a word such as
 * *Task*, or below it with the letter of the question.
 *
 * @returns for the names of those found, such as `1` for a task without questions, otherwise `1a`, the place of the line
 *
 * @example
 * ```ts
 * findSections(['Task 1', '(a) We trained …', '2b) Results'], { 1: ['a'], 2: ['a', 'b'] }); // Map { '1a' => 1, '2b' => 2 }
 * ```
 */
export function findSections(lines: readonly string[], asked: AskedSections): ReadonlyMap<string, number> {
  const wanted = new Set(namesOf(asked));
  const found = new Map<string, number>();
  let current = '';
  for (const [at, line] of lines.map((each) => each.trim()).entries()) {
    const heading = headingOf(line, asked);
    if (heading) current = heading.task;
    const question = heading ? heading.question : QUESTION.exec(line)?.groups!['question'];
    const name = current + (question ?? '').toLowerCase();
    if ((heading || question) && wanted.has(name) && !found.has(name)) found.set(name, at);
  }
  return found;
}

/** The names of all sections, in order. */
export const namesOf = (asked: AskedSections): string[] =>
  Object.entries(asked).flatMap(([task, questions]) =>
    questions.length === 0 ? [task] : questions.map((question) => task + question),
  );

function headingOf(line: string, asked: AskedSections): { task: string; question: string | undefined } | undefined {
  const { word, task, mark, question } = TASK.exec(line)?.groups ?? {};
  if (task === undefined || !Object.hasOwn(asked, task)) return undefined;
  const isHeading = word !== undefined || ((mark ?? question) !== undefined && line.length <= MOST_OF_HEADING);
  return isHeading ? { task, question } : undefined;
}
