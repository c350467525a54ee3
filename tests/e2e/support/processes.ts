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

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
