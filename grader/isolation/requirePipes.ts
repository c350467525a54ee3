import type { ChildProcess } from 'node:child_process';

/**
 * The child, if its pipes could be opened. Otherwise Node leaves it without any, and reports why later.
 *
 * @throws an error with the system's code `EMFILE`
 */
export function requirePipes(child: ChildProcess): ChildProcess {
  if (child.stdio !== undefined) return child;
  child.on('error', () => {});
  throw Object.assign(new Error('a process cannot be started: too many open files'), { code: 'EMFILE' });
}
