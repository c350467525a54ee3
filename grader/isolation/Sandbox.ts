import type { IsolationTier } from '../model/isolation.ts';
import type { Reason } from './reasons.ts';

/**
 * What programs that student code can reach are started in: found once, handed as JSON to every process of a grading.
 *
 * `strict` is bubblewrap, where nothing of the machine is to be seen; `reduced` is resource limits, as far as there are any.
 */
export type Sandbox = StrictSandbox | ReducedSandbox;

export interface StrictSandbox {
  readonly tier: Extract<IsolationTier, 'strict'>;
  readonly bwrap: string;
  readonly prlimit: string;
  /** Whether this bubblewrap can forbid further user namespaces (0.8 and newer); the filter refuses them in any case. */
  readonly disablesUserNamespaces: boolean;
  /** Whether threads are counted for each sandbox (Linux 5.14 and newer), so that they can be limited. */
  readonly limitsThreads: boolean;
  /** What Node and `prlimit` load at their start. */
  readonly libraries: readonly string[];
}

export interface ReducedSandbox {
  readonly tier: Extract<IsolationTier, 'reduced'>;
  /** Why it is not strict here; undefined when reduced was asked for. */
  readonly obstacle: Reason | undefined;
  readonly prlimit: string | undefined;
  /** Whether programs run as nobody: where the grader is root, and its files are readable for all. */
  readonly asNobody: boolean;
}

/** A file or folder of the machine that a program may read. */
export interface BindMount {
  readonly path: string;
  /** Where it lies in the strict tier; at its own path when left out. */
  readonly as?: string;
}

/** What a program may use, besides the deadline that its owner sets. */
export interface ResourceLimits {
  /** Of what it allocates, on top of what an empty one needs. */
  readonly memoryMiB: number;
  readonly cpuSeconds: number;
  /** Size of any file that it writes; nothing may be written when left out. */
  readonly maxFileBytes?: number;
}

/** The user and group that own nothing. */
export const NOBODY = 65534;

export const isRoot = (): boolean => process.getuid?.() === 0;
