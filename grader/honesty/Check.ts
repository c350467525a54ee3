import type { Finding } from '../model/outcome.ts';
import type { ScoreReport } from '../model/report.ts';

/** Something that must hold of an assignment, so that its points are fair. */
export interface Check {
  /** What it is about; checks of one group are shown together. */
  readonly group: CheckGroup;
  /** What must hold, in one sentence. */
  readonly name: string;
  /** @returns what does not hold; empty if all is well */
  run(): Promise<readonly string[]>;
}

type CheckGroup =
  'rubric' | 'handout' | 'reference' | 'skeleton' | 'seeds' | 'public examples' | 'mutants' | 'accepted solutions';

/** Deliverables by path. */
export type Files = ReadonlyMap<string, string>;

/** Examines deliverables of our own on an assignment's suites. */
export interface Examiner {
  /**
   * Grades as a submission is graded.
   *
   * @param only - ids, groups of them or kinds; everything if empty
   */
  grade(name: string, files: Files, only: readonly string[], seed?: number): Promise<ScoreReport>;
  /** In the suites' process, several times as fast; undefined if they hang, or end the process. */
  examine(files: Files, only: readonly string[]): Promise<readonly Finding[] | undefined>;
}
