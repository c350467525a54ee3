import { expect, test } from '@jest/globals';
import { Criterion, type Assignment } from '../model/assignment.ts';
import { Finding } from '../model/outcome.ts';
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

const findingsOf = (deliverables: Record<string, string>, found: readonly Finding[] = []) =>
  completeFindings(
    { assignment, selected: ['own.motivation', 'on.paper', 'no.result'], deliverables },
    new Map(found.map((finding) => [finding.id, finding])),
    '',
  );

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

test('what a suite shows a person is beside the work, and decides nothing', () => {
  const evidence = [{ type: 'remark', message: 'on page 3' } as const];
  const shown = (id: string) => Finding.parse({ id, status: 'passed', credit: 1, reason: 'seen', evidence });
  const [own, paper] = findingsOf({}, [shown('own.motivation'), shown('on.paper')]);
  expect(own).toMatchObject({ status: 'not-attempted', credit: 0, evidence });
  expect(paper).toMatchObject({ status: 'manual', credit: 0, reason: 'a person grades this', evidence });
});

test('if the grader fails to show it, that is a fault of the grader', () => {
  const failed = Finding.parse({ id: 'on.paper', status: 'grader-error', reason: 'Error: at drawnFilters' });
  expect(findingsOf({}, [failed])[1]).toMatchObject({ status: 'grader-error', reason: 'Error: at drawnFilters' });
});
