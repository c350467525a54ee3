import * as z from 'zod';
import { allPoints, criterionOf, noteOf, placeOf, pointsUpTo } from '../../course/entryChecks.ts';
import { type Entry, NOTHING_GIVEN } from '../../gradebook/store/entries.ts';
import type { Assignment } from '../../model/assignment.ts';
import { UsageError } from '../../model/errors.ts';

/** More is no comment; a browser's own limit is larger. */
const MOST_CHARACTERS = 10_000;

/** What a form that gives something sends. */
export const EntryFields = z.object({
  kind: z.enum(['points', 'deduction', 'comment']),
  criterion: z.string().default(''),
  points: z.string().default(''),
  note: z.string().max(MOST_CHARACTERS),
  file: z.string().default(''),
  line: z.string().default(''),
  attempt: z.string(),
  /** The ids of entries that counted when the form was made. */
  seen: z
    .string()
    .default('')
    .transform((ids) => ids.split(' ').filter(Boolean)),
});
export type EntryFields = z.infer<typeof EntryFields>;

/**
 * What a form gives.
 *
 * @throws UsageError if points or a place are not possible, or a reason is missing
 */
export function entryOf(
  assignment: Assignment,
  { kind, criterion: id, points, note, file, line }: EntryFields,
  by: string,
): Omit<Entry, 'id' | 'at' | 'digest'> {
  const criterion = id === '' ? undefined : criterionOf(assignment, id);
  const entry = { ...NOTHING_GIVEN, kind, criterion: criterion?.id ?? '', by };
  if (kind === 'comment') return { ...entry, ...placeIn(assignment, file, line), note: note.trim() };
  if (kind === 'points' && !criterion) throw new UsageError('criterion: choose the one whose points these are');
  const about = criterion?.id ?? 'the total';
  const given = pointsUpTo(criterion?.points ?? allPoints(assignment), points.trim().replace(',', '.'), about);
  return { ...entry, points: given, note: noteOf(note) };
}

function placeIn(assignment: Assignment, file: string, line: string): { file: string; line: number } {
  if (file === '') return { file: '', line: 0 };
  return placeOf(assignment, line.trim() === '' ? file : `${file}:${line.trim()}`);
}
