import { UsageError } from '../model/errors.ts';
import { examinedCriteria } from '../prove/AssignmentMutants.ts';
import type { ChooseOptions } from './chooseMutants.ts';
import { criterionOf, type TaskFunction } from './TaskFunction.ts';

/** Processor time for a criterion: a solution that needs more would not be graded either. */
const CRITERION_SECONDS = 60;

/** Which unusual numbers an array has may follow from the seed. */
const SEEDS = [1, 2, 3, 4, 5];

/**
 * Makes sure that a solution passes the suites that were made for it.
 *
 * @throws UsageError in one line that names the function, what happened and what to do
 */
export async function requirePassing({ assignment, solutions, examiner, signal }: ChooseOptions): Promise<void> {
  const tasks = solutions.flatMap((one) => one.tasks);
  const taskOf = (id: string | undefined) => tasks.find((task) => criterionOf(task) === id) ?? tasks[0];
  for (const seed of SEEDS) {
    const { findings, ended, during } = await examiner.examine({
      assignment,
      deliverables: new Map(solutions.map(({ path, text }) => [path, text])),
      selected: examinedCriteria(assignment).map(({ id }) => id),
      seed,
      criterionSeconds: CRITERION_SECONDS,
      verdictsOnly: true,
      signal,
    });
    signal.throwIfAborted();
    if (ended !== undefined) throw refused(taskOf(during), ENDINGS[ended]);
    const lost = findings.find(({ status }) => status !== 'passed');
    if (lost) throw refused(taskOf(lost.id), lost.reason.replace(/^(?:\w*Error: )?(.*)[^]*$/u, '$1'));
  }
}

const ENDINGS = {
  'timed-out': `it takes more than ${CRITERION_SECONDS} s; make it faster`,
  'out-of-memory': 'it uses too much memory',
  crashed: 'its process ends',
  'not-loaded': 'it cannot be loaded',
} as const;

const refused = ({ file, name }: TaskFunction, why: string): UsageError =>
  new UsageError(`${file}: ${name} does not pass the suite that is made from it: ${why}`);
