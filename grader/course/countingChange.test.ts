import { expect, test } from '@jest/globals';
import type { Attempt } from '../gradebook/store/attempts.ts';
import type { Counts } from '../gradebook/store/tables.ts';
import { proposalSummary, proposalText } from '../report/gradebook/proposalForms.ts';
import { withCounting } from './countingChange.ts';

const attemptOf = (team: string, source: string, score: number) =>
  ({ id: `${team} ${source}`, team, source, score, received: '', seen: source, late_seconds: 0 }) as Attempt;

const ADA_1 = attemptOf('ada', '1_hw.zip', 5);
const ADA_2 = attemptOf('ada', '2_hw.zip', 5);
const BOB_1 = attemptOf('bob', '1_hw.zip', 10);
const BOB_2 = attemptOf('bob', '2_hw.zip', 0);

const changed = ({ id, team, score }: Attempt, after: number | undefined) => ({
  team,
  change: { attempt: id, oldResult: 'old', newResult: 'new', reason: '' },
  item: { students: team, before: score, after, reason: '', because: ['grader' as const], criteria: [] },
});

/** What the command prints of these changes. */
function proposed(counts: Counts, all: readonly Attempt[], ...changes: readonly ReturnType<typeof changed>[]) {
  const looked = all.map((attempt) => ({ attempt }));
  const items = withCounting(changes, looked, counts).map(({ item }) => item);
  return { assignment: { id: 'hw', title: 'Homework' }, attempts: all.length, items };
}

test('who gains and who loses goes by the best attempt, and each attempt is named', () => {
  const all = [ADA_1, ADA_2, BOB_1, BOB_2];
  const proposal = proposed('best', all, changed(ADA_1, 1), changed(BOB_1, 6), changed(BOB_2, 2.5));
  expect(proposalText(proposal)).toBe(
    [
      'ada, 1_hw.zip: 5 → 1 (grader)',
      'bob, 1_hw.zip: 10 → 6 (grader)',
      'bob, 2_hw.zip: 0 → 2.5 (grader)',
      '1 loses 4 points, 1 keeps the score with other points per criterion; 1 attempt unchanged',
      '',
    ].join('\n'),
  );
});

test('another attempt may be the best one afterwards', () =>
  expect(proposalSummary(proposed('best', [BOB_1, BOB_2], changed(BOB_1, undefined), changed(BOB_2, 3)))).toBe(
    '1 loses 7 points; 0 attempts unchanged',
  ));

test('an attempt is not named if it is the only one that was looked at', () =>
  expect(proposalText(proposed('latest', [ADA_2, BOB_2], changed(BOB_2, 2)))).toBe(
    'bob: 0 → 2 (grader)\n1 gains 2 points; 1 attempt unchanged\n',
  ));
