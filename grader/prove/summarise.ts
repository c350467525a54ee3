import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { groupBy } from '../common/groupBy.ts';
import { suiteFiles } from '../compile/runtimeBundles.ts';
import type { Assignment } from '../model/assignment.ts';
import type { MutantOutcome, ProofReport } from '../model/proofReport.ts';
import { adviceOn } from './adviceOn.ts';
import { examinedCriteria } from './AssignmentMutants.ts';

type Summary = Pick<ProofReport, 'totals' | 'suites' | 'criteria' | 'operators' | 'advice'>;

/** Who killed how many, and what would kill more. */
export function summarise(assignment: Assignment, outcomes: readonly MutantOutcome[]): Summary {
  const files = new Set(outcomes.map(({ file }) => file));
  const criteria = examinedCriteria(assignment).filter(({ examines }) => examines.some((file) => files.has(file)));
  const suites = groupBy(criteria, suiteOf(assignment));
  const killsOf = (ids: readonly string[], examines: readonly string[]) => {
    const could = outcomes.filter(({ file, status }) => examines.includes(file) && isCounted(status));
    const killed = could.filter(({ lost }) => lost.some((id) => ids.includes(id)));
    const alone = killed.filter(({ lost }) => lost.every((id) => ids.includes(id)));
    return { mutants: could.length, killed: killed.length, alone: alone.length };
  };
  return {
    totals: totalsOf(outcomes),
    advice: adviceOn(criteria, outcomes),
    criteria: criteria.map(({ id, title, examines }) => ({ id, title, ...killsOf([id], examines) })),
    suites: [...suites].map(([file, own]) => ({
      file,
      ...killsOf(
        own.map(({ id }) => id),
        own.flatMap(({ examines }) => examines),
      ),
    })),
    operators: [...groupBy(outcomes, ({ operator }) => operator)].map(([operator, own]) => {
      const { killed, survived, equivalent } = totalsOf(own);
      return { operator, killed, survived, equivalent };
    }),
  };
}

const isCounted = (status: MutantOutcome['status']): boolean => status === 'killed' || status === 'survived';

function totalsOf(outcomes: readonly MutantOutcome[]): ProofReport['totals'] {
  const count = (wanted: MutantOutcome['status']) => outcomes.filter(({ status }) => status === wanted).length;
  const [killed, survived] = [count('killed'), count('survived')];
  const score = killed + survived === 0 ? 100 : (100 * killed) / (killed + survived);
  return { killed, survived, equivalent: count('equivalent'), undecided: count('undecided'), score };
}

/** The suite that declares a criterion. */
function suiteOf({ folders: { tests } }: Assignment): (criterion: { readonly id: string }) => string {
  const texts = suiteFiles(tests).map((path) => ({ file: basename(path), text: readFileSync(path, 'utf8') }));
  return ({ id }) => texts.find(({ text }) => text.includes(`'${id}'`))?.file ?? 'another suite';
}
