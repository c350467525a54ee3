import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll } from '@jest/globals';
import { withDependencies } from '../../../grader/assignments/ownPackages.ts';
import { ROOT } from './gradeFiles.ts';

const PARTS = [
  'grader',
  'skeleton',
  'data',
  'examples/new',
  'tests/kit',
  'package.json',
  'package-lock.json',
  '.prettierrc.json',
  'LICENSE',
];
const MADE = new Set(['node_modules', '.cache']);

interface OwnRepository {
  readonly folder: string;
  /** Runs its command in it. */
  run(...args: string[]): Promise<{ stdout: string; stderr: string }>;
}

/** A copy of the repository without references and suites, to which a test may add assignments; removed at its end. */
export function ownRepository(): OwnRepository {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-repository-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  // What a submission's process runs is read by the user nobody.
  chmodSync(folder, 0o755);
  for (const part of PARTS)
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: (path) => !MADE.has(basename(path)) });
  install(folder);
  return {
    folder,
    run: (...args) =>
      promisify(execFile)(process.execPath, [join(folder, 'grader/cli/start.mjs'), ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'] },
      }),
  };
}

/** What `npm ci` installs: our own packages are the copies; what libraries import is copied too, and the rest linked. */
function install(folder: string): void {
  const [from, to] = [join(ROOT, 'node_modules'), join(folder, 'node_modules')];
  const libraries = withDependencies(ROOT, ['@im2grade/nn', '@im2grade/tensor']);
  const copied = new Set(['@im2grade', ...libraries.flatMap(({ dependencies }) => dependencies)]);
  mkdirSync(to);
  for (const name of readdirSync(from))
    if (copied.has(name)) cpSync(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(from, name), join(to, name));
  symlinkSync(join(ROOT, 'grader/node_modules'), join(folder, 'grader/node_modules'));
}
