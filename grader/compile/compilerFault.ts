import { MachineFault } from '../model/errors.ts';
import type { CompilerResult } from './runCompiler.ts';

/** How an operating system says that it is short of something, and what the person who runs the grader can do. */
const REMEDIES: readonly (readonly [message: RegExp, remedy: string])[] = [
  [/no space left|disk quota|ENOSPC|EDQUOT/iu, 'free some space there, or set TMPDIR to a larger disk'],
  [/too many open files|EMFILE|ENFILE|eventfd|epoll/iu, 'raise the limit of open files (ulimit -n)'],
  [
    /memory|ENOMEM|mmap|page summary|thread|EAGAIN|temporarily unavailable/iu,
    'free memory, or raise its limits (ulimit -a)',
  ],
  [/permission denied|not permitted|read-only|EACCES|EPERM|EROFS/iu, 'make the folder accessible for the grader'],
  [/no such file|not found|ENOENT/iu, 'install the packages again (npm ci)'],
];
const GRADE_AGAIN = 'grade again when the machine is less busy';

const MAX_SHOWN = 200;

/** A fault of the machine that stopped a compiler, in one line. */
export function machineFault(what: string, folder: string, why: string): MachineFault {
  const line = why
    .replaceAll(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MAX_SHOWN);
  const remedy = REMEDIES.find(([message]) => message.test(line))?.[1] ?? GRADE_AGAIN;
  return new MachineFault(`${what} failed in ${folder}: ${line}; ${remedy}`);
}

/** The fault that ended a compiler without a verdict on the sources. */
export const compilerFault = (what: string, folder: string, result: CompilerResult): MachineFault =>
  machineFault(what, folder, whyItEnded(result));

function whyItEnded({ end, code, stderr }: CompilerResult): string {
  if (end === 'overdue') return 'it was not done long after its time limit, with little processor time used';
  if (end === 'killed') return firstLine(stderr) ?? 'it was killed';
  return firstLine(stderr) ?? `it ended with exit code ${code} and said nothing`;
}

const firstLine = (text: string): string | undefined => text.split('\n').find((line) => line.trim() !== '');
