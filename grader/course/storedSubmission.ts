import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import type { Attempt } from '../gradebook/store/attempts.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Submission } from '../model/submission.ts';

/**
 * The deliverables of an attempt, as the gradebook keeps them.
 *
 * @param report - of an earlier grading: it knows what could not be read when the work was handed in
 * @returns undefined if they are not known
 */
export async function storedSubmission(
  book: CourseGradebook,
  assignment: Assignment,
  { digest, source }: Attempt,
  report: ScoreReport | undefined,
): Promise<Submission | undefined> {
  const text = await book.submissions.read(digest);
  if (text === undefined) return undefined;
  const files = new Map(JSON.parse(text) as [string, string][]);
  const known = report?.submission;
  return {
    name: known?.name ?? source,
    digest,
    files,
    ...notReadIn(assignment, files, known?.unusable ?? []),
    ignored: known?.ignored ?? [],
    assumed: known?.assumed ?? [],
  };
}

/** The deliverables of an attempt that could not be read when it was handed in. */
function notReadIn(
  { deliverables }: Assignment,
  files: ReadonlyMap<string, string>,
  known: ScoreReport['submission']['unusable'],
): Pick<Submission, 'absent' | 'unusable'> {
  const missing = deliverables.filter(({ path }) => !files.has(path));
  const reasonOf = (path: string): string => known.find((each) => each.path === path)?.reason ?? `${path}: is missing`;
  return {
    absent: missing.filter(({ optional }) => optional).map(({ path }) => path),
    unusable: new Map(missing.filter(({ optional }) => !optional).map(({ path }) => [path, reasonOf(path)])),
  };
}
