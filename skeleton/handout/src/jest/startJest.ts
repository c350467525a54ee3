import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';

/**
 * Starts Jest on the public tests of the assignment in this folder: as ES modules, in one process, whatever the system.
 *
 * @throws UsageError when Jest is not installed
 */
export function startJest(args: readonly string[], stdio: 'inherit' | 'ignore'): ChildProcess {
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return spawn(process.execPath, [...node, jestPath(), '--runInBand', ...args], { stdio });
}

function jestPath(): string {
  try {
    return join(dirname(createRequire(resolve('package.json')).resolve('jest/package.json')), 'bin/jest.js');
  } catch {
    throw new UsageError('Jest is not installed here; run npm install');
  }
}
