import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withDependencies } from '../../../grader/assignments/ownPackages.ts';
import { ScoreReport } from '../../../grader/model/report.ts';
import { ROOT } from '../support/gradeFiles.ts';

/** A repository of its own, to which the three folders of an assignment are added and nothing else. */
const repository = mkdtempSync(join(tmpdir(), 'im2grade-new-assignment-'));
afterAll(() => rmSync(repository, { recursive: true, force: true }));

const PARTS = ['grader', 'skeleton', 'data', 'tests/kit', 'package.json', 'package-lock.json', 'LICENSE'];
const MADE = new Set(['node_modules', '.cache']);
/** Not the name of an assignment that the repository may have. */
const ID = 'new-relu';
const ROOMS = ['skeleton', 'reference', 'tests'] as const;

beforeAll(() => {
  // What a submission's process runs is read by the user nobody.
  chmodSync(repository, 0o755);
  for (const part of PARTS)
    cpSync(join(ROOT, part), join(repository, part), { recursive: true, filter: (path) => !MADE.has(basename(path)) });
  installed();
  for (const room of ROOMS)
    cpSync(join(ROOT, 'tests/e2e/assignments/relu', room), join(repository, room, ID), { recursive: true });
});

/** What `npm ci` installs: our own packages are the copies; what libraries import is copied too, and the rest linked. */
function installed(): void {
  const [from, to] = [join(ROOT, 'node_modules'), join(repository, 'node_modules')];
  const libraries = withDependencies(ROOT, ['@im2grade/nn', '@im2grade/tensor']);
  const copied = new Set(['@im2grade', ...libraries.flatMap(({ dependencies }) => dependencies)]);
  mkdirSync(to);
  for (const name of readdirSync(from))
    if (copied.has(name)) cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(from, name), join(to, name));
  symlinkSync(join(ROOT, 'grader/node_modules'), join(repository, 'grader/node_modules'));
}

async function grade(...args: string[]): Promise<string> {
  const command = [join(repository, 'grader/cli/start.mjs'), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    cwd: repository,
    env: { PATH: process.env['PATH'] },
  });
  return stdout;
}

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
