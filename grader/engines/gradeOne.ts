import { grade, type GradeOptions, type GradeProgress } from '../grade/grade.ts';
import { passesOf } from '../grade/passes.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import type { Made } from './Engine.ts';
import type { Order } from './Job.ts';

/** What a process grades with. */
export interface Means {
  /** The repository's folder. */
  readonly root: string;
  readonly assignment: Assignment;
  readonly sandbox: Sandbox;
  /**
   * How many gradings measure times at a time, each on a core of its own; one has the machine to itself. Asked only when
   * times are to be measured, as the machine has to be examined.
   */
  readonly lanes: () => Promise<number>;
  readonly suiteRunners: GradeOptions['suiteRunners'];
  readonly signal: AbortSignal;
}

const SILENT: GradeProgress = { step() {}, started() {}, finished() {} };

/** Makes a grading in this process, for whatever engine. Never rejects. */
export async function gradeOne({ job, files }: Order, means: Means): Promise<Made> {
  const { lanes, ...given } = means;
  const { digest, absent, unusable } = job.submission;
  // The one who ordered it knows its name.
  const name = digest.slice(0, 12);
  const submission = { name, digest, files, absent, unusable: new Map(unusable), ignored: [], assumed: [] };
  const { seed, gemm, known, criteria: only } = job;
  try {
    const isBesideOthers = passesOf(given.assignment, job.criteria).timed.length > 0 && (await lanes()) > 1;
    const report = await grade({
      ...{ ...given, submission, path: name, seed, only, gemm, known, isBesideOthers, progress: SILENT },
    });
    return { type: 'graded', report };
  } catch (error) {
    if (error instanceof UngradableError) return { type: 'ungradable', message: error.message };
    return { type: 'failed', error: error as Error };
  }
}
