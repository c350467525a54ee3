import { decimal } from '../common/decimal.ts';
import { round, worthOf } from '../common/round.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { type Assignment, type Criterion, criteriaOf } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { count, points as shown } from '../report/text/numbers.ts';
import { printable } from '../report/text/printable.ts';

/** @throws UsageError if there is no such criterion */
export function criterionOf(assignment: Assignment, id: string): Criterion {
  const criteria = criteriaOf(assignment);
  const criterion = criteria.find((each) => each.id === id);
  if (criterion) return criterion;
  throw new UsageError(`unknown criterion "${id}"; ${assignment.id} has ${criteria.map((each) => each.id).join(', ')}`);
}

/** @throws UsageError if it is not a number of points from 0 to `most` */
export function pointsUpTo(most: number, text: string, about: string): number {
  const points = decimal(text);
  if (!(points >= 0 && points <= most))
    throw new UsageError(`${text || 'points'}: must be a number from 0 to ${shown(most)} for ${about}`);
  if (round(points) !== points) throw new UsageError(`${text}: points have at most two decimals`);
  return points;
}

/** The most that can be taken from a total. */
export const allPoints = (assignment: Assignment): number =>
  worthOf(criteriaOf(assignment).filter(({ bonus }) => !bonus));

/**
 * @returns the line 0 for the whole file
 * @throws UsageError if it is not a deliverable or a line of one
 */
export function placeOf({ deliverables, id }: Assignment, text: string): { file: string; line: number } {
  const [, file = text, line] = /^(.+?)(?::(-?\d*))?$/u.exec(text) ?? [];
  const paths = deliverables.map(({ path }) => path);
  if (line !== undefined && !(Number(line) >= 1))
    throw new UsageError(`${text}: a line is a number from 1, like ${file}:42`);
  if (paths.includes(file)) return { file, line: Number(line ?? 0) };
  throw new UsageError(`${file} is not a deliverable of ${id}; it has ${paths.join(', ')}`);
}

/** @throws UsageError if the student's file has no such line */
export async function requirePlace(
  book: CourseGradebook,
  digest: string,
  { file = '', line = 0 }: { readonly file?: string; readonly line?: number },
): Promise<void> {
  const saved = file === '' ? undefined : await book.submissions.read(digest);
  if (saved === undefined) return;
  const text = new Map(JSON.parse(saved) as [string, string][]).get(file);
  if (text === undefined) throw new UsageError(`${file} is missing in what was handed in`);
  const lines = text.replace(/\n$/u, '').split('\n').length;
  if (line > lines) throw new UsageError(`${file}:${line}: the file has ${count(lines, 'line')}`);
}

/**
 * Why something is given; it keeps its lines.
 *
 * @throws UsageError if it says nothing
 */
export function noteOf(text: string): string {
  const note = printable(text).trim();
  if (note === '') throw new UsageError('note: say briefly why');
  return note;
}
