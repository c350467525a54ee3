import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { HonestyReport } from '../../../grader/model/honestyReport.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { mutate, readMutants } from '../../../grader/honesty/keptMutants.ts';
import { ownRepository } from '../support/ownRepository.ts';

const { folder, run } = ownRepository();
const ID = 'column-means';
const ROOMS = ['skeleton', 'reference', 'tests'];
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

const graded = async (submission: string) =>
  ScoreReport.parse(
    JSON.parse((await run(submission, '--assignment', ID, '--json', '--out', `out/${submission}`)).stdout),
  );

const refused = (...args: string[]) => expect(run('new', ...args)).rejects;

test('the example becomes an assignment that grades at once', async () => {
  const { stdout } = await run('new', ID, '--yes', '--points', '3');
  expect(stdout).toContain(`Made skeleton/${ID}, reference/${ID} and tests/${ID}\n`);
  expect((await graded(`reference/${ID}`)).totals).toMatchObject({ earned: 3, possible: 3 });
  expect((await graded(`skeleton/${ID}`)).outcomes.map(({ status }) => status)).toEqual(['not-attempted']);
  expect((await graded(`tests/${ID}/accepted/another-way`)).totals).toMatchObject({ earned: 3 });
});

test('its mutant loses the criterion on its label', async () => {
  const [mutant] = readMutants(join(folder, 'tests', ID));
  const files = mutate(mutant, new Map([['src/centre.ts', read('reference', ID, 'src/centre.ts')]]));
  mkdirSync(join(folder, 'wrong/src'), { recursive: true });
  for (const [path, text] of files) writeFileSync(join(folder, 'wrong', path), text);
  const { outcomes } = await graded('wrong');
  expect(outcomes.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(mutant.loses);
  expect(outcomes[0].evidence[0]).toMatchObject({ type: 'counterexample', law: expect.any(String) as unknown });
});

test('its handout is packed, and its public example is in it', async () => {
  await run('release', ID, '--out', 'handout');
  expect(read('handout/test', `${ID}.test.ts`)).toContain('expect(rounded(mean)).toEqual([3.5, 1.5, -0.5]);');
  expect(read('handout/src/centre.ts')).not.toContain('sum');
});

test('after a change of the reference, --sync derives the skeleton again', async () => {
  const path = join(folder, 'reference', ID, 'src/centre.ts');
  writeFileSync(path, readFileSync(path, 'utf8').replace('the number of rows', 'how many rows there are'));
  expect((await run('new', ID, '--sync')).stdout).toBe(`derived skeleton/${ID}/src/centre.ts\n`);
  expect(read('skeleton', ID, 'src/centre.ts')).toContain('how many rows there are');
  expect((await run('new', ID, '--sync')).stdout).toBe(`skeleton/${ID} is up to date\n`);
  rmSync(join(folder, 'skeleton', ID, 'src/centre.ts'));
  expect((await run('new', ID, '--sync')).stdout).toBe(`derived skeleton/${ID}/src/centre.ts\n`);
});

test('--sync names a function that nothing examines yet', async () => {
  const path = join(folder, 'reference', ID, 'src/centre.ts');
  const before = readFileSync(path, 'utf8');
  const added =
    'export function twice(x: number): number {\n  // BEGIN SOLUTION\n  return 2 * x;\n  // END SOLUTION\n}\n';
  writeFileSync(path, `${before}\n${added}`);
  expect((await run('new', ID, '--sync')).stdout).toBe(
    `derived skeleton/${ID}/src/centre.ts\nnothing examines twice of src/centre.ts: no suite calls it through src/entry.ts\n`,
  );
  writeFileSync(path, before);
  await run('new', ID, '--sync');
});

const proved = async () => {
  const { stdout } = await run('prove', ID, '--quick', '--json').catch((error: unknown) => error as { stdout: string });
  const { checks, mutation } = HonestyReport.parse(JSON.parse(stdout));
  // Mutants on suites that do not hold would say nothing.
  expect(mutation === undefined).toBe(checks.some(({ problems }) => problems.length > 0));
  return checks.flatMap(({ problems }) => problems);
};

test('it is proved honest, and what does not hold is named', async () => {
  expect(await proved()).toEqual([]);
  const solution = join(folder, 'reference', ID, 'src/centre.ts');
  const right = readFileSync(solution, 'utf8');
  writeFileSync(solution, right.replace('sum / N;', 'sum / N || 0;'));
  const label = join(folder, 'tests', ID, 'mutants/of-nothing.yaml');
  const edit = "{ file: src/centre.ts, find: 'sum / N || 0', replace: 'sum / N' }";
  writeFileSync(label, `about: The same.\nbase: reference\nedits: [${edit}]\nloses: [centre.definition, other.name]\n`);
  const test = join(folder, 'skeleton', ID, 'test', `${ID}.test.ts`);
  writeFileSync(test, readFileSync(test, 'utf8').replace('[3.5,', '[3.75,'));
  expect(await proved()).toEqual([
    'other.name does not exist',
    'it does not lose centre.definition',
    expect.stringContaining('FAIL') as unknown,
  ]);
});

/** It is not defined for the numbers that suites use if its comment does not say so. */
const ROOT_OF_ANY = `import type { Real } from '@im2grade/nn';

/**
 * The root of each number.
 *
 * @param x - [N] values
 * @param y - [N] to fill
 */
export function root(x: Real, N: number, y: Real): void {
  // BEGIN SOLUTION
  for (let i = 0; i < N; i++) y[i] = Math.sqrt(x[i] + 1);
  // END SOLUTION
}
`;

test('a function that is not defined everywhere is examined on the numbers that its comment names', async () => {
  writeFileSync(join(folder, 'root.ts'), ROOT_OF_ANY.replace('values', 'values, not negative'));
  await run('new', 'roots', '--from', 'root.ts', '--yes');
  expect(read('tests/roots/functions.ts')).toContain("ranges: { x: 'not-negative' }");
  const { stdout } = await run('reference/roots', '--assignment', 'roots', '--json', '--out', 'out/roots');
  expect(ScoreReport.parse(JSON.parse(stdout)).totals).toMatchObject({ earned: 2, possible: 2 });
});

test('what cannot become an assignment is refused in one line, and nothing is left', async () => {
  writeFileSync(join(folder, 'open.ts'), 'export function f(x: Real, y: Real): void {\n  // BEGIN SOLUTION\n}\n');
  const infinite =
    'export function f(x: Real, y: Real): void {\n  // BEGIN SOLUTION\n  y.fill(1 / 0);\n  // END SOLUTION\n}\n';
  writeFileSync(join(folder, 'infinite.ts'), `import type { Real } from '@im2grade/nn';\n\n${infinite}`);
  writeFileSync(join(folder, 'endless.ts'), infinite.replace('y.fill(1 / 0)', 'for (;;)'));
  writeFileSync(join(folder, 'root.ts'), ROOT_OF_ANY);
  const long = 'a'.repeat(61);
  for (const [args, message] of [
    [[ID, '--yes'], `skeleton/${ID} exists; choose another id, or remove it first`],
    [['nn', '--yes'], 'skeleton/nn exists; choose another id, or remove it first'],
    [['Bad Name', '--yes'], '"Bad Name": an assignment\'s id is kebab words, like batch-norm'],
    [['../out', '--yes'], '"../out": an assignment\'s id is kebab words, like batch-norm'],
    [[long, '--yes'], "an assignment's id has at most 60 characters"],
    [['con', '--yes'], 'con: Windows has no folder of this name; choose another id'],
    [['data', '--yes'], 'data is a package of im2grade; choose another id'],
    [['open', '--from', 'open.ts'], 'open.ts:2: BEGIN SOLUTION without an END SOLUTION after it'],
    [['none', '--from', 'none.ts'], 'none.ts cannot be read: no such file'],
    [['endless', '--from', 'endless.ts'], 'src/endless.ts: f fails on a small example: f did not finish within'],
    [['infinite', '--from', 'infinite.ts'], 'src/infinite.ts: f gives NaN or ∞ on a small example; do the sizes'],
    [
      ['root', '--from', 'root.ts'],
      'src/root.ts: root does not pass the suite that is made from it: the reference itself',
    ],
    [['other', '--title', ' ', '--yes'], '--title: an assignment needs one'],
    [['other', '--title', 'a\nb', '--yes'], '--title: write it in one line, without control characters'],
    [['other', '--accepted', 'open.ts'], '--accepted needs --from'],
    [['other', '--yes', '--course', 'open.ts'], `${join(folder, 'open.ts')} is not a folder`],
    [[ID, '--sync', '--points', '3'], '--sync reads the reference; leave the other options out'],
    [['absent', '--sync'], 'unknown assignment "absent"; available: '],
  ] as const)
    await refused(...args).toMatchObject({ code: 2, stderr: expect.stringContaining(`grade: ${message}`) as unknown });
  for (const id of ['open', 'none', 'infinite', 'endless', 'root', 'con', 'data', long, 'other'])
    for (const room of ROOMS) expect(existsSync(join(folder, room, id))).toBe(false);
});
