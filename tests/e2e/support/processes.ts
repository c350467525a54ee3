import { readFileSync } from 'node:fs';
import { descendantsOf } from '../../../grader/isolation/processTree.ts';

/** The processes of a grading, by what their command lines contain. */
const COMMANDS = {
  bundler: /@esbuild.*bundle\.js/u,
  typeChecker: /tsc.*--listFiles/u,
  importReader: /importReader/u,
  /** Of the submission, the reference or the naive loops. */
  implementation: /bootstrap/u,
  suiteRunner: /suiteRunner/u,
} as const;
export type ProcessKind = keyof typeof COMMANDS;

/** The running processes below a process, and those of the sandboxes around them. */
export const running = (kind: ProcessKind, pid: number): number[] =>
  descendantsOf(pid).filter((each) => COMMANDS[kind].test(commandOf(each)));

/** The command line of a process, its arguments separated by NUL; empty if it has ended since it was listed. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}

/**
 * Sends a signal to a process, or to a group of them if the number is negative.
 *
 * @returns false if it has ended since it was listed
 */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
