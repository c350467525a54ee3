import * as z from 'zod';

/**
 * The leaderboard of an assignment: which measured value orders a class, and what the best places are worth. The ids are
 * those of criteria in the rubric.
 */
export const LeaderboardRules = z.strictObject({
  /** What is compared, as the page shows it: `test accuracy of the better model`. */
  value: z.string().min(1),
  /** Criteria whose suites measure the value; the best one of those that passed counts. */
  from: z.array(z.string()).min(1),
  /** Criteria that must have passed as well. */
  needs: z.array(z.string()).default([]),
  better: z.enum(['higher', 'lower']),
  /** How values are shown, and compared: those that look alike share a place. */
  shown: z.strictObject({ as: z.enum(['percent', 'number']), decimals: z.number().int().min(0).max(6) }),
  /** Points of the first place, the second, and so on. */
  bonus: z.array(z.number().positive().multipleOf(0.01)).min(1),
  /** Those who share a place have its bonus each, or divide those of the places that they take. */
  ties: z.enum(['share', 'divide']).default('share'),
  /** Settings with which these criteria are measured again if a place depends on it, such as a larger number of images. */
  settings: z.record(z.string(), z.number()).optional(),
});
export type LeaderboardRules = z.infer<typeof LeaderboardRules>;
