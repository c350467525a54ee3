import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { inFolder, runGrade } from '../support/runGrade.ts';

const MADE = new Set(['node_modules', '.cache']);

/** A repository with the command line and the assignments, and the packages of this one. */
function copyRepository(to: string): void {
  for (const room of ['grader', 'skeleton', 'data', 'reference', 'package.json', 'package-lock.json'])
    cpSync(join(ROOT, room), join(to, room), { recursive: true, filter: (path) => !MADE.has(basename(path)) });
  for (const packages of ['node_modules', 'grader/node_modules']) symlinkSync(join(ROOT, packages), join(to, packages));
}

async function start(repository: string, ...args: string[]): Promise<string> {
  return run(process.execPath, [join(repository, 'grader/cli/grade.cjs'), ...args]);
}

/** What a command prints. */
async function run(
  command: string,
  args: readonly string[],
  cwd = ROOT,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { PATH, HOME } = process.env;
  return (await promisify(execFile)(command, args, { cwd, env: { PATH, HOME, NO_COLOR: '1', ...env } })).stdout;
}

test('the command is bundled again if a source has changed, and belongs to its own repository', () =>
  inFolder({}, async (folder) => {
    const [here, there] = [join(folder, 'here'), join(folder, 'there')];
    copyRepository(here);
    expect(await start(here, '--help')).toContain('grade class <submissions>');
    const main = join(here, 'grader/cli/main.ts');
    writeFileSync(main, readFileSync(main, 'utf8').replace("scriptName('grade')", "scriptName('anew')"));
    expect(await start(here, '--help')).toContain('anew class <submissions>');
    renameSync(here, there);
    const yaml = join(there, 'skeleton/conv2d-gemm/assignment.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^title: .*/m, 'title: Moved along'));
    expect(await start(there, 'assignments')).toContain('Moved along');
  }));

/** Root may write to any folder, but not into a file. */
function makeReadOnly(repository: string): void {
  for (const cache of ['.cache', 'grader/.cache']) writeFileSync(join(repository, cache), 'no folder');
}

test('a command that cannot be bundled says so in one line', () =>
  inFolder({ user: 'no folder' }, async (folder) => {
    const repository = join(folder, 'repository');
    copyRepository(repository);
    makeReadOnly(repository);
    const args = [join(repository, 'grader/cli/grade.cjs'), '--help'];
    await expect(run(process.execPath, args, folder, { XDG_CACHE_HOME: join(folder, 'user') })).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^grade: the command cannot be made from its sources: ENOTDIR[^\n]*\n$/),
    });
  }));

test('a read-only installation grades with the caches of its user', () =>
  inFolder({}, async (folder) => {
    // Root's compilers run as the user nobody, here in the strict sandbox as well: the packages are behind links.
    chmodSync(folder, 0o755);
    const repository = join(folder, 'repository');
    copyRepository(repository);
    for (const suites of ['kit', 'conv2d-gemm'])
      cpSync(join(ROOT, 'tests', suites), join(repository, 'tests', suites), { recursive: true });
    makeReadOnly(repository);
    cpSync(join(ROOT, 'examples/complete'), join(folder, 'ada'), { recursive: true });
    const args = ['ada', '--assignment', 'conv2d-gemm', '--only', 'im2mat.definition'];
    const command = [join(repository, 'grader/cli/grade.cjs'), ...args];
    for (const [cache, env] of [
      ['own', { XDG_CACHE_HOME: join(folder, 'own') }],
      ['.cache', { HOME: folder }],
    ] as const) {
      expect(await run(process.execPath, command, folder, env)).toContain('Im2Mat copies the right pixels');
      expect(readdirSync(join(folder, cache, 'im2grade'))).toHaveLength(1);
    }
    expect(readFileSync(join(repository, '.cache'), 'utf8')).toBe('no folder');
  }));

/** Runs the command in a folder of the caller's, which has this submission. */
const inCallersFolder = (work: (folder: string) => Promise<string>) =>
  inFolder({}, async (folder) => {
    cpSync(join(ROOT, 'examples/complete'), join(folder, 'ada'), { recursive: true });
    expect(await work(folder)).toContain('Im2Mat copies the right pixels');
    expect(existsSync(join(folder, 'reports/ada/report.json'))).toBe(true);
  });
const GRADING = ['ada', '--assignment', 'conv2d-gemm', '--only', 'im2mat.definition'];

test('npx grade in the repository is the teacher’s command', () =>
  inCallersFolder((folder) =>
    run('npx', ['grade', join(folder, 'ada'), ...GRADING.slice(1), '--out', join(folder, 'reports')], ROOT),
  ));

test('npm --prefix takes paths from the folder of its caller', () =>
  inCallersFolder((folder) => run('npm', ['--prefix', ROOT, 'run', '--silent', 'grade', '--', ...GRADING], folder)));

test('a linked command works from any folder', () =>
  inCallersFolder((folder) => {
    symlinkSync(join(ROOT, 'grader/cli/grade.cjs'), join(folder, 'grade'));
    return run(join(folder, 'grade'), GRADING, folder);
  }));

test('a command speaks English, whatever the language of the machine', () =>
  inFolder({}, async (folder) => {
    const [here, elsewhere] = await Promise.all(
      ['C.UTF-8', 'de_DE.UTF-8'].map((LANG) => runGrade(['class'], folder, { LANG, LC_ALL: LANG })),
    );
    expect(here.stderr).toBe('grade: an argument is missing; see --help\n');
    expect(elsewhere).toEqual(here);
  }));
