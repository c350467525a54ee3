import { ownDeliverables } from '../compile/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import type { ScoreReport } from '../model/report.ts';
import type { Check, Examiner } from './Check.ts';
import { examinedKinds, lineOf } from './examined.ts';

/** The scale's two ends: the reference earns everything, the skeleton nothing, whatever the seed. */
export const endChecks = (assignment: Assignment, examiner: Examiner, isQuick: boolean): Check[] => [
  {
    group: 'reference',
    name: 'the reference earns everything that is graded',
    run: async () => unearned(await gradedIn(assignment, examiner, 'reference', isQuick)),
  },
  {
    group: 'skeleton',
    name: 'the untouched skeleton earns nothing, and nothing counts as attempted',
    run: async () => attempted(await gradedIn(assignment, examiner, 'skeleton', isQuick)),
  },
  ...(isQuick ? [] : [seedCheck(assignment, examiner)]),
];

const seedCheck = (assignment: Assignment, examiner: Examiner): Check => ({
  group: 'seeds',
  name: 'the same seed gives the same score, and another one too',
  run: () => differences(assignment, examiner),
});

const SEEDS = [7, 7, 8];

const gradedIn = (assignment: Assignment, examiner: Examiner, room: 'reference' | 'skeleton', isQuick: boolean) =>
  examiner.grade(room, ownDeliverables(assignment, assignment.folders[room]), isQuick ? examinedKinds(assignment) : []);

const LOST = ['failed', 'partial', 'grader-error'];

function unearned({ totals, outcomes }: ScoreReport): string[] {
  const lost = outcomes.filter(({ status }) => LOST.includes(status)).map(lineOf);
  if (lost.length > 0 || totals.earned === totals.possible) return lost;
  return [`it earns ${totals.earned} of ${totals.possible}`];
}

const attempted = ({ totals, outcomes }: ScoreReport): string[] => [
  ...(totals.earned === 0 ? [] : [`it earns ${totals.earned} points`]),
  ...outcomes
    .filter(({ kind, status }) => kind !== 'manual' && status !== 'not-measurable' && status !== 'not-attempted')
    .map(lineOf),
];

async function differences(assignment: Assignment, examiner: Examiner): Promise<string[]> {
  const files = ownDeliverables(assignment, assignment.folders.reference);
  const kinds = examinedKinds(assignment);
  const statuses: string[][] = [];
  for (const seed of SEEDS) {
    const { outcomes } = await examiner.grade(`seed ${seed}`, files, kinds, seed);
    statuses.push(outcomes.map(({ id, status }) => `${id} is ${status}`));
  }
  const [first, ...others] = statuses;
  return others.flatMap((other, i) =>
    other.flatMap((line, at) =>
      line === first[at] ? [] : [`${first[at]} with seed ${SEEDS[0]}; ${line} with seed ${SEEDS[i + 1]}`],
    ),
  );
}
