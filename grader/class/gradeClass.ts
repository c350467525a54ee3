import { inPool } from '../common/inPool.ts';
import type { Counts } from '../gradebook/store/tables.ts';
import type { ClassRow } from '../model/classReport.ts';
import type { Deadlines } from '../model/deadlines.ts';
import type { WantedFormat } from '../platforms/formats.ts';
import type { RunnerOptions } from '../course/GradingRunner.ts';
import { HandInGrader } from './HandInGrader.ts';
import type { HandIn } from './handInsOf.ts';
import { passesOf } from '../grade/passes.ts';

export interface ClassOptions extends RunnerOptions {
  readonly handIns: readonly HandIn[];
  /** How the user named the class; used in the replay commands. */
  readonly path: string;
  /** Folder for the reports. */
  readonly out: string;
  readonly seed: number;
  /** Ids, id prefixes or kinds; everything when empty. */
  readonly only: readonly string[];
  readonly deadlines: Deadlines;
  /** Which attempt of a student counts. */
  readonly counts: Counts;
  /** Other formats to save with each report. */
  readonly wanted: readonly WantedFormat[];
  readonly progress: ClassProgress;
  /** Says what a person should know. */
  readonly note: (line: string) => void;
}

export interface ClassProgress {
  /** A pass over all submissions begins. */
  begin(pass: 'correctness' | 'speed and accuracy', submissions: number): void;
  started(name: string): void;
  /** @param isNew - false if an earlier run had graded it */
  finished(row: ClassRow, isNew: boolean): void;
}

/**
 * Grades a class in two passes. The first examines what does not depend on time, the second measures speed and accuracy,
 * each with as many submissions at a time as the engine has room for. The second pass repeats, on the same inputs, the
 * criteria that its own criteria need. It is left out for submissions whose gradings are all known.
 *
 * Every finished grading is in the gradebook before its reports are written, and is not repeated. Of a finished
 * submission only its row is kept in memory.
 *
 * @returns a row for each hand-in, in their order; undefined if the signal came first
 */
export async function gradeClass(options: ClassOptions): Promise<(ClassRow | undefined)[]> {
  const { assignment, handIns, engine, progress, signal } = options;
  const { untimed, timed } = passesOf(assignment, options.only);
  const grader = new HandInGrader(options);
  const rows = new Array<ClassRow | undefined>(handIns.length).fill(undefined);
  let left = [...handIns.keys()];
  const pass = async (parts: readonly string[][], later: readonly string[][], width: number) => {
    const unfinished = new Set<number>();
    await inPool(left, width, signal, async (index) => {
      progress.started(handIns[index].name);
      const { row, isNew, isWhole } = await grader.rowOf(handIns[index], parts, later);
      if (signal.aborted) return;
      rows[index] = row;
      if (!isWhole) unfinished.add(index);
      progress.finished(row, isNew);
    });
    left = left.filter((index) => unfinished.has(index));
  };
  if (untimed.length > 0) {
    progress.begin('correctness', left.length);
    await pass([untimed], timed.length > 0 ? [timed] : [], await engine.width('untimed'));
  }
  if (timed.length > 0 && left.length > 0 && !signal.aborted) {
    progress.begin('speed and accuracy', left.length);
    await pass(untimed.length > 0 ? [untimed, timed] : [timed], [], await engine.width('timed'));
  }
  grader.noteAtEnd();
  return rows;
}
