import type { IsolationTier } from '../model/isolation.ts';
import type { Reason } from './reasons.ts';

/**
 * The sandbox of programs that student code can reach: chosen once, passed as JSON to every process of a grading.
 *
 * `strict` is bubblewrap, in which nothing of the machine is visible; `reduced` is resource limits, as far as the
 * machine has any.
 */
export type Sandbox = StrictSandbox | ReducedSandbox;

export interface StrictSandbox {
  readonly tier: Extract<IsolationTier, 'strict'>;
  readonly bwrap: string;
  readonly prlimit: string;
  /**
   * Whether this bubblewrap can forbid further user namespaces (0.8 and newer); the filter refuses them in any case.
   */
  readonly disablesUserNamespaces: boolean;
  /** Whether threads are counted per sandbox (Linux 5.14 and newer), so that they can be limited. */
  readonly limitsThreads: boolean;
  /** What Node and `prlimit` load when they start. */
  readonly libraries: readonly string[];
}

export interface ReducedSandbox {
  readonly tier: Extract<IsolationTier, 'reduced'>;
  /** Why it is not strict here; undefined if reduced was requested. */
  readonly obstacle: Reason | undefined;
  readonly prlimit: string | undefined;
  /** Whether programs run as the user nobody: if the grader runs as root and its files are readable for all. */
  readonly asNobody: boolean;
}

/** A file or folder of the machine that a program may read. */
export interface BindMount {
  readonly path: string;
  /** Its path in the strict tier; the same path if left out. */
  readonly as?: string;
}

/** What a program may use, in addition to the deadline that its owner sets. */
export interface ResourceLimits {
  /** Memory that it allocates beyond what an empty program needs. */
  readonly memoryMiB: number;
  readonly cpuSeconds: number;
  /** Size of any file that it writes; if left out, nothing may be written. */
  readonly maxFileBytes?: number;
}

/** The ids of the user and the group nobody. */
export const NOBODY = 65534;

export const isRoot = (): boolean => process.getuid?.() === 0;
