import { type Regrading, regrade, type RegradeOptions } from '../course/regrade.ts';
import { withLocalEngine } from '../engines/withLocalEngine.ts';
import { courseAssignment } from '../gradebook/store/assignments.ts';
import type { CourseGradebook } from '../gradebook/store/CourseGradebook.ts';
import { type IsolationChoice, sandboxFor } from '../isolation/sandboxFor.ts';
import type { Assignment } from '../model/assignment.ts';
import { lanesFor } from './lanesFor.ts';
import { chosenGemm } from './options.ts';

interface GradeAnewOptions extends Pick<RegradeOptions, 'seed'> {
  /** Submissions at a time. */
  readonly jobs: number;
  readonly isolation: IsolationChoice;
  readonly began: (number: number, of: number, students: string) => unknown;
  /** Says what the machine does not allow. */
  readonly note: (line: string) => unknown;
}

/** Grades the attempts that count again, on this machine, and changes nothing that counts. */
export async function gradeAnew(
  root: string,
  book: CourseGradebook,
  assignment: Assignment,
  { seed, jobs, isolation, began, note }: GradeAnewOptions,
  signal: AbortSignal,
): Promise<Regrading> {
  const gemm = chosenGemm();
  const lanes = lanesFor(jobs, note);
  const sandbox = await sandboxFor(root, isolation, assignment);
  const { seed: classSeed } = await courseAssignment(book, assignment);
  const { tier } = sandbox;
  return withLocalEngine({ root, assignment, sandbox, lanes, jobs, signal }, (engine) =>
    regrade({ root, assignment, book, gemm, isolation: tier, engine, signal, classSeed, seed, began }),
  );
}
