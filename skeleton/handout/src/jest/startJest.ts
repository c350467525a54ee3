import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../errors.ts';
import { readResults, type TestResults } from './readResults.ts';

/** Exit status of a shell command that was interrupted. */
const INTERRUPTED = 130;
const REPORTER = fileURLToPath(new URL('reporter.mjs', import.meta.url));

/** A run of the public tests. */
export interface TestRun {
  readonly child: ChildProcess;
  /**
   * How it ended. There are no results if Jest did not get that far, was asked for something else, or reports to
   * another reporter.
   */
  readonly ended: Promise<{ readonly code: number | null; readonly results: TestResults | undefined }>;
}

/**
 * Starts Jest on the public tests of the assignment in this folder: as ES modules, in one process, on every system.
 * Ctrl-C ends it even in an endless loop, which cannot handle a signal itself.
 *
 * @throws UsageError when Jest is not installed
 */
export function startJest(args: readonly string[], output: 'inherit' | 'ignore'): TestRun {
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  // Ahead of another option: this one would take paths of tests for reporters.
  const reporters = args.some((argument) => argument.startsWith('--reporters')) ? [] : [`--reporters=${REPORTER}`];
  const child = spawn(process.execPath, [...node, jestPath(), ...reporters, '--runInBand', ...args], {
    stdio: [output, output, output, 'ipc'],
  });
  const end = () => {
    child.kill('SIGKILL');
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', end);
  child.once('exit', () => process.off('SIGINT', end));
  let message: unknown;
  child.once('message', (received) => (message = received));
  const ended = new Promise<number | null>((settle) => child.once('close', settle)).then((code) => ({
    code,
    results: message === undefined ? undefined : readResults(message),
  }));
  return { child, ended };
}

function jestPath(): string {
  try {
    return join(dirname(createRequire(resolve('package.json')).resolve('jest/package.json')), 'bin/jest.js');
  } catch {
    throw new UsageError('Jest is not installed here; run npm install');
  }
}
