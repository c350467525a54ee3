import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Assignment } from '../model/assignment.ts';
import { readmePoints } from './readmePoints.ts';

const skeleton = mkdtempSync(join(tmpdir(), 'im2grade-readme-'));
afterAll(() => rmSync(skeleton, { recursive: true, force: true }));

const row = (id: string, points: number, bonus = false) => ({
  ...{ id, title: id, asks: 'What must hold of it.', points, bonus },
  ...{ kind: 'correctness', examines: ['src/a.ts'] },
});

/** What is said of a README, for 0.1, 0.2 and 4 points, and 2 of bonus. */
function said(readme: string): string[] {
  writeFileSync(join(skeleton, 'README.md'), readme);
  const criteria = [row('a.b', 0.1), row('a.c', 0.2), row('a.d', 4), row('a.e', 2, true)];
  const assignment = Assignment.parse({
    ...{ title: 'A', version: 1, entry: 'src/entry.ts', deliverables: [{ path: 'src/a.ts' }], bonus: { cap: 2 } },
    limits: { fileBytes: 1, buildSeconds: 1, loadSeconds: 1, callSeconds: 1, memoryMiB: 1 },
    rubric: [{ group: 'G', criteria }],
  });
  return readmePoints({ ...assignment, id: 'a', folders: { skeleton, reference: skeleton, tests: skeleton } });
}

const HEAD = '| what | points |\n|---|---|\n';

test('points that add up are accepted, in one table or several', () => {
  expect(said(`# A\n\n${HEAD}| one \\| two 7 | 0.3 |\n| three | 4, and up to 2 bonus |\n`)).toEqual([]);
  expect(said(`${HEAD}| one | 0.3 |\n\nThen 5 more:\n\n| Points | what |\n|---|---|\n| 4 | three |\n`)).toEqual([]);
});

test('a README without points promises nothing', () => {
  expect(said('# A\n\n| what | share |\n|---|---|\n| one | 20 % |\n')).toEqual([]);
});

test('other points are named', () => {
  expect(said(`${HEAD}| one | 0.3 |\n| three | 5 |\n`)).toEqual([
    'the points in the tables of README.md add up to 5.3, and those of assignment.yaml to 4.3',
  ]);
});
