import { LeaderboardRules } from '../../model/leaderboardRules.ts';

/** A leaderboard by an accuracy, with a bonus for three places. */
export const exampleRules = (more: Partial<LeaderboardRules> = {}): LeaderboardRules =>
  LeaderboardRules.parse({
    ...{ value: 'test accuracy', from: ['net.accuracy'], needs: ['net.epochs'], better: 'higher' },
    ...{ shown: { as: 'percent', decimals: 2 }, bonus: [0.5, 0.25, 0.1] },
    ...more,
  });
