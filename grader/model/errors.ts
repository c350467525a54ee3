/** The exit codes of every command. */
export const EXIT = { graded: 0, belowFailUnder: 1, ungradable: 2, graderFailed: 3 } as const;

/** Bad usage or bad input: reported in one line, exit code 2, nothing half written. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A submission that cannot be graded: reported in one line (or the compiler's few), exit code 2. */
export class UngradableError extends Error {
  override readonly name = 'UngradableError';
}

/** One deliverable cannot be used; what does not depend on it can be graded all the same. */
export class DeliverableError extends UngradableError {
  /** The deliverable's path. */
  readonly path: string;
  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** The deliverables throw, hang or crash before any of their functions is called. */
export class NotLoadedError extends UngradableError {}

/**
 * The machine or the grader failed, not the submission: a full disk, a paused machine, a program that was killed or is
 * missing. Exit code 3; it costs no point, is never recorded as a result, and may succeed when repeated.
 *
 * The message is one line: what failed, where, and what to do about it.
 */
export class MachineFault extends Error {
  override readonly name: string = 'MachineFault';
}

/** Errors of the operating system that say something about the machine, and nothing about the submission. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room and try again',
  EDQUOT: 'the disk quota is used up; make room and try again',
  EROFS: 'the file system is read-only; choose another folder',
  EMFILE: 'too many files are open; raise the limit (ulimit -n) and try again',
  ENFILE: 'too many files are open on this machine; try again',
  ENOMEM: 'out of memory; free some, or raise the limit (ulimit -v), and try again',
  EAGAIN: 'no more processes can be started; raise the limit (ulimit -u) and try again',
  EIO: 'the disk cannot be read or written; check it and try again',
};

/** The fault of the machine that an error indicates; undefined if it may be anything else. */
export function machineFaultOf(error: unknown): MachineFault | undefined {
  if (error instanceof MachineFault) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  const remedy = code === undefined ? undefined : REMEDIES[code];
  if (remedy === undefined) return undefined;
  return new MachineFault(`${path === undefined ? '' : `${path}: `}${remedy} (${code})`, { cause: error });
}
