import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';

/** Exit status of a shell command that was interrupted. */
const INTERRUPTED = 130;

/**
 * Starts Jest on the public tests of the assignment in this folder: as ES modules, in one process, on every system.
 * Ctrl-C ends it even in an endless loop, which cannot handle a signal itself.
 *
 * @throws UsageError when Jest is not installed
 */
export function startJest(args: readonly string[], stdio: 'inherit' | 'ignore'): ChildProcess {
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...node, jestPath(), '--runInBand', ...args], { stdio });
  const end = () => {
    child.kill('SIGKILL');
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', end);
  child.once('exit', () => process.off('SIGINT', end));
  return child;
}

function jestPath(): string {
  try {
    return join(dirname(createRequire(resolve('package.json')).resolve('jest/package.json')), 'bin/jest.js');
  } catch {
    throw new UsageError('Jest is not installed here; run npm install');
  }
}
