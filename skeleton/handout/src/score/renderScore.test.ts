import { expect, test } from '@jest/globals';
import { renderScore } from './renderScore.ts';

type Criterion = readonly [kind: string, visibility: string];

const lastLines = (...criteria: readonly Criterion[]): string =>
  renderScore(
    {
      title: 'ReLU',
      entry: 'src/entry.ts',
      deliverables: [],
      packages: [],
      limits: { fileBytes: 1, archiveBytes: 1 },
      rubric: [
        {
          group: 'ReLU',
          criteria: criteria.map(([kind, visibility]) => ({ id: 'relu.forward', kind, visibility, examines: [] })),
        },
      ],
    },
    [],
  )
    .split('\n')
    .slice(-3, -1)
    .join(' ');

const PUBLIC =
  'This is only the public part: small examples with fixed numbers. What you hand in is examined on new inputs';

test.each<[expected: string, ...criteria: Criterion[]]>([
  ['by 1 criterion.', ['correctness', 'visible']],
  ['by 2 criteria, 1 of which is hidden.', ['correctness', 'visible'], ['manual', 'hidden']],
  ['by 2 criteria, 2 of which are hidden.', ['correctness', 'after-due'], ['policy', 'hidden']],
  ['and for accuracy, by 2 criteria.', ['correctness', 'visible'], ['accuracy', 'visible']],
  ['and for speed and accuracy, by 2 criteria, 1 of which is hidden.', ['accuracy', 'visible'], ['speed', 'hidden']],
])('what the public tests leave open: %s', (expected, ...criteria) => {
  expect(lastLines(...criteria)).toBe(`${PUBLIC} ${expected}`);
});
