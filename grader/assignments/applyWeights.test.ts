import { expect, test } from '@jest/globals';
import { Assignment } from '../model/assignment.ts';
import { applyWeights } from './applyWeights.ts';
import { checkWeights } from './checkWeights.ts';

type Group = readonly [group: string, part: string | undefined, points: readonly number[], bonus?: number];

const draft = (groups: readonly Group[], weights?: object) => ({
  ...{ title: 'x', version: 1, entry: 'a.ts', deliverables: [{ path: 'a.ts' }], weights },
  limits: { fileBytes: 1, buildSeconds: 1, loadSeconds: 1, callSeconds: 1, memoryMiB: 1 },
  rubric: groups.map(([group, part, points, bonus = 0], g) => ({
    group,
    ...(part === undefined ? {} : { part }),
    criteria: [...points, ...(bonus > 0 ? [bonus] : [])].map((each, c) => ({
      ...{ id: `g${g}.c${c}`, title: 't', asks: 'a', points: each, kind: 'manual', examines: ['a.ts'] },
      bonus: c === points.length,
    })),
  })),
});

const weighted = (groups: readonly Group[], weights?: object): number[][] =>
  applyWeights(Assignment.parse(draft(groups, weights))).map(({ criteria }) => criteria.map(({ points }) => points));

test('without weights, points stay as they are', () => expect(weighted([['a', undefined, [3, 4]]])).toEqual([[3, 4]]));

test('each group has exactly its weight, shared by its points; bonus stays as it is', () =>
  expect(
    weighted(
      [
        ['scalar', undefined, [1, 1, 1]],
        ['vector', undefined, [5, 1]],
        ['training', undefined, [7], 10],
        ['report', undefined, [3]],
      ],
      { groups: { scalar: 20, vector: 60, training: 10, report: 10 } },
    ),
  ).toEqual([[6.67, 6.67, 6.66], [50, 10], [10, 10], [10]]));

test('groups have their share of a part, and parts of the whole', () =>
  expect(
    weighted(
      [
        ['theory', 'Homework I', [2, 3]],
        ['scalar', 'Homework II', [1]],
        ['vector', 'Homework II', [1, 3]],
      ],
      { parts: { 'Homework I': 60, 'Homework II': 40 }, groups: { theory: 100, scalar: 25, vector: 75 } },
    ),
  ).toEqual([[24, 36], [10], [7.5, 22.5]]));

test('weights of parts alone leave the points of their groups in proportion', () =>
  expect(
    weighted(
      [
        ['a', 'I', [1]],
        ['b', 'I', [3]],
        ['c', 'II', [9]],
      ],
      { parts: { I: 60, II: 40 } },
    ),
  ).toEqual([[15], [45], [40]]));

const TWO: readonly Group[] = [
  ['a', 'I', [1]],
  ['b', undefined, [3]],
];
test.each([
  ['a sum that is not 100', { groups: { a: 20, b: 60 } }, 'sum to 80, not 100'],
  ['a group left out', { groups: { a: 100 } }, 'the group "b" has no weight'],
  ['a group without a part', { parts: { I: 100 } }, 'the group "b" has no part, and every group needs one'],
  ['a part that does not exist', { parts: { I: 50, II: 50 } }, '"II" is not a part of the rubric with points to weigh'],
])('%s is refused', (_, weights, message) => {
  const { rubric, weights: parsed } = Assignment.parse(draft(TWO, weights));
  const messages: string[] = [];
  checkWeights(parsed!, rubric, (_path, issue) => messages.push(issue));
  expect(messages).toContain(message);
});
