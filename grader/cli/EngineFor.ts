import type { ClassOptions } from '../class/gradeClass.ts';
import type { Assignment } from '../model/assignment.ts';
import type { IsolationTier } from '../model/isolation.ts';
import type { Shown } from './gradeWholeClass.ts';

/** What is known of a class before its gradebook is opened. */
interface Circumstances {
  readonly assignment: Assignment;
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** The folder of the reports. */
  readonly out: string;
  /** Says what a person should know. */
  readonly note: (line: string) => void;
}

/** What will make the gradings of a class. */
interface ClassEngine {
  /** How strictly it isolates student code. */
  readonly isolation: IsolationTier;
  run(options: Omit<ClassOptions, 'engine' | 'progress'>, shown: Shown): Promise<void>;
  /** Ends what was opened to get ready, also if it never ran: what stays open keeps the command from ending. */
  close?(): void;
}

/**
 * Makes an engine ready for a class.
 *
 * @throws UsageError if it cannot grade as it should
 */
export type EngineFor = (circumstances: Circumstances) => Promise<ClassEngine>;
