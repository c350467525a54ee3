import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import type { Proposal } from '../../../grader/model/proposal.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';
import { ownRepository } from '../support/ownRepository.ts';

/** To which the three folders of an assignment are added and nothing else. */
const { folder: repository, run } = ownRepository();
/** Not the name of an assignment that the repository may have. */
const ID = 'new-relu';
const ROOMS = ['skeleton', 'reference', 'tests'] as const;

beforeAll(() => {
  for (const room of ROOMS)
    cpSync(join(ROOT, 'tests/e2e/assignments/relu', room), join(repository, room, ID), { recursive: true });
});

const grade = async (...args: string[]): Promise<string> => (await run(...args)).stdout;

const reportOf = async (submission: string): Promise<ScoreReport> =>
  ScoreReport.parse(
    JSON.parse(await grade(submission, '--assignment', ID, '--json', '--out', `reports/${submission}`)),
  );

test('the reference of a new assignment earns all points, without a data set', async () => {
  const { totals, environment } = await reportOf(`reference/${ID}`);
  expect(totals).toMatchObject({ earned: 3, possible: 3 });
  expect(environment.data).toBeUndefined();
});

test('its skeleton earns none', async () => {
  const { totals, outcomes } = await reportOf(`skeleton/${ID}`);
  expect(totals).toMatchObject({ earned: 0, possible: 3 });
  expect(outcomes.map(({ status }) => status)).toEqual(['not-attempted', 'not-attempted']);
});

test('its handout is packed with the libraries that it names', async () => {
  await grade('release', ID, '--out', 'handout');
  for (const path of ['src/relu.ts', 'package-lock.json', 'vendor/tensor/src/index.ts', 'vendor/nn/src/index.ts'])
    expect([path, existsSync(join(repository, 'handout', path))]).toEqual([path, true]);
  expect(existsSync(join(repository, 'handout/vendor/fastconv'))).toBe(false);
});

/** Replaces a text of its assignment.yaml. */
function change(from: string, to: string): void {
  const path = join(repository, 'skeleton', ID, 'assignment.yaml');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

test('changed points and texts are counted without examining anyone, and change nothing that was published', async () => {
  for (const [name, room] of [
    ['ada', 'reference'],
    ['bob', 'skeleton'],
  ])
    cpSync(join(repository, room, ID, 'src'), join(repository, 'hw', name, 'src'), { recursive: true });
  const gradeClass = () => run('class', 'hw', '--assignment', ID);
  const scores = async () => {
    const { students } = JSON.parse(await grade('gradebook', ID, '--json')) as {
      students: { assignments: { score: number; outOf: number }[] }[];
    };
    return students.map(({ assignments: [{ score, outOf }] }) => [score, outOf]);
  };
  await gradeClass();
  expect(await scores()).toEqual([
    [3, 3],
    [0, 3],
  ]);

  change('points: 2', 'points: 5');
  change('ReLU keeps what is positive', 'ReLU leaves what is positive');
  const { stderr } = await gradeClass();
  expect(stderr.match(/graded before/gu)).toHaveLength(2);
  expect(await scores()).toEqual([
    [6, 6],
    [0, 6],
  ]);
  const { outcomes } = ScoreReport.parse(
    JSON.parse(readFileSync(join(repository, 'reports/hw/ada/report.json'), 'utf8')),
  );
  expect(outcomes.map(({ title, earned }) => [title, earned])).toEqual([
    ['ReLU leaves what is positive', 1],
    ['The gradient passes where the input is positive', 5],
  ]);

  await grade('publish', ID, '--by', 'Grace');
  change('points: 5', 'points: 9');
  expect((await gradeClass()).stderr).toContain('2 of the class keep a published result');
  expect(await grade('export', 'canvas', '--assignment', ID)).toContain('Points Possible,,,,,6\n');
  expect(await scores()).toEqual([
    [6, 6],
    [0, 6],
  ]);
  const proposed = JSON.parse((await run('regrade', ID, '--by', 'Grace', '--json')).stdout) as Proposal;
  expect(proposed.items.map(({ students, before, after, because }) => ({ students, before, after, because }))).toEqual([
    { students: 'ada', before: 6, after: 10, because: ['assignment'] },
    { students: 'bob', before: 0, after: 0, because: ['assignment'] },
  ]);
  await grade('regrade', ID, '--apply', '--by', 'Grace');
  expect(await scores()).toEqual([
    [10, 10],
    [0, 10],
  ]);
});
