import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandOf } from '../support/processes.ts';
import { type Run, startGrade } from '../support/runGrade.ts';
import { ONLY } from './smallClass.ts';

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

const SEED = ['--seed', '5'];

/** The class, graded in this process. */
export const localClass = ['class', 'class', ...ONLY, ...SEED, '--out', 'local', '--gradebook', 'local/gradebook.db'];

/** Starts a collector; its gradebook is `course/gradebook.db`. */
export const startClass = (url: string, cwd: string, out = 'course/class', ...more: string[]): Running => {
  return startGrade(classArguments(url, out, ...more), cwd, ownTemporary(cwd));
};

export const classArguments = (url: string, out: string, ...more: string[]): string[] => [
  ...['class', 'class', ...ONLY, ...SEED, '--engine', url, '--out', out, ...more],
];

/** Starts a worker that loses its job after two seconds of silence. */
export const startWorker = (url: string, cwd: string, ...more: string[]): Running => {
  return startGrade(workerArguments(url, ...more), cwd, ownTemporary(cwd));
};

export function workerArguments(url: string, ...more: string[]): string[] {
  const from = more.includes('--submissions') ? [] : ['--submissions', 'course/gradebook/submissions'];
  return ['worker', '--engine', url, '-a', 'conv2d-gemm', ...from, '--jobs', '1', '--lost-after', '2', ...more];
}

/** Whatever is started has the folder in its command line, or in the name of a file. */
export function ownTemporary(cwd: string): { TMPDIR: string } {
  // Compilers run as the user nobody.
  chmodSync(cwd, 0o755);
  mkdirSync(join(cwd, 'tmp'), { recursive: true });
  return { TMPDIR: join(cwd, 'tmp') };
}

export async function kill({ child, ended }: Running): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

/** Ends a worker as a person would. */
export async function finish({ child, ended }: Running): Promise<Run> {
  child.kill('SIGTERM');
  return ended;
}

/** Waits until no process is left that was started in a folder. */
export async function untilNothingRuns(cwd: string): Promise<void> {
  while (commands().some((command) => command.includes(cwd))) await sleep(100);
}

const commands = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
    .map((pid) => commandOf(Number(pid)));
