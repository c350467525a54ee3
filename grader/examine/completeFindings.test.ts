import { expect, test } from '@jest/globals';
import { Criterion, type Assignment } from '../model/assignment.ts';
import { completeFindings } from './completeFindings.ts';

const row = (id: string, more: object): Criterion => Criterion.parse({ id, title: id, asks: id, points: 1, ...more });
const assignment = {
  rubric: [
    {
      group: 'all',
      criteria: [
        row('own.motivation', { kind: 'manual', examines: ['motivation.md'] }),
        row('on.paper', { kind: 'manual' }),
        row('no.result', { kind: 'correctness', examines: ['f.ts'] }),
      ],
    },
  ],
} as unknown as Assignment;

const findingsOf = (deliverables: Record<string, string>) =>
  completeFindings({ assignment, selected: ['own.motivation', 'on.paper', 'no.result'], deliverables }, new Map(), '');

test.each([
  ['none', {}, 'there is nothing to read: no readable motivation.md was handed in'],
  ['an empty one', { 'motivation.md': '' }, 'there is nothing to read: motivation.md is empty'],
  ['spaces', { 'motivation.md': ' \n\t\n' }, 'there is nothing to read: motivation.md is empty'],
  [
    'what the handout asks for',
    { 'motivation.md': '<!-- Replace this line\n by half a page. -->\n\n<!-- Optional: more -->\n' },
    'there is nothing to read: motivation.md is empty',
  ],
  [
    'a comment that does not end',
    { 'motivation.md': '<!-- Replace' },
    'there is nothing to read: motivation.md is empty',
  ],
])('a text for a person to read counts as not attempted at once if there is %s', (_, deliverables, reason) => {
  const [own, paper] = findingsOf(deliverables);
  expect(own).toMatchObject({ status: 'not-attempted', reason });
  expect(paper).toMatchObject({ status: 'manual', reason: 'a person grades this' });
});

test.each(['<!-- asked -->\nI tried two nets.', 'short', '1 < 2'])('%j is for a person to read', (text) => {
  expect(findingsOf({ 'motivation.md': text })[0]).toMatchObject({ status: 'manual' });
});

test('a criterion without a result is a fault of the grader', () => {
  expect(findingsOf({})[2]).toMatchObject({ status: 'grader-error' });
});
