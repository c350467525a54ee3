import * as z from 'zod';
import { MeasuredValue } from './evidence.ts';
import { LeaderboardRules } from './leaderboardRules.ts';
import type { Student } from './student.ts';

/** Incremented when a reader of older leaderboards would misread a newer one. */
export const LEADERBOARD_VERSION = 1;

/** The place of some work, without whose it is. */
export const LeaderboardRow = z.strictObject({
  /** From 1; absent if the value is not known well enough for one. */
  place: z.number().int().positive().optional(),
  pseudonym: z.string(),
  ...MeasuredValue.shape,
  /** The bonus that was given, in points. */
  bonus: z.number().nonnegative(),
});

/** A class by a measured value, for everybody to see: it has pseudonyms and nothing else about a student. */
export const Leaderboard = z.strictObject({
  schema: z.literal('im2grade/leaderboard'),
  version: z.literal(LEADERBOARD_VERSION),
  assignment: z.strictObject({ id: z.string(), title: z.string(), version: z.number().int() }),
  rules: LeaderboardRules.pick({ value: true, better: true, shown: true, bonus: true, ties: true }),
  /** The best first. */
  rows: z.array(LeaderboardRow),
  /** Works whose value is not known yet: until it is, places may change. */
  open: z.number().int().nonnegative(),
});

export type LeaderboardRow = z.infer<typeof LeaderboardRow>;
export type Leaderboard = z.infer<typeof Leaderboard>;

/** A line of a leaderboard with whose it is: for those who grade only. */
export interface NamedRow extends Pick<LeaderboardRow, 'place' | 'pseudonym' | 'bonus'> {
  readonly students: readonly Student[];
  /** Undefined if none is known, or the work takes no part any more. */
  readonly value: MeasuredValue | undefined;
  /** Why the value is not known; empty if it is, or if no place depends on it. */
  readonly open: string;
  /** What the place is worth now, if the bonus is given. */
  readonly due: number;
}
