import type { Criterion } from '@im2grade/grader/model/assignment.ts';
import { type AnyVerdict, verdict } from './anyVerdict.ts';
import { findings, samplesOf } from './examinedSoFar.ts';
import { functionWithoutWork } from './functionWithoutWork.ts';

/** What a function without work passes as well is not counted: a bug is charged once, and doing nothing earns nothing. */
export async function countedBesideOthers(row: Criterion, found: AnyVerdict): Promise<AnyVerdict> {
  const earns = found.status === 'passed' || found.status === 'partial';
  if (!earns || row.beside.length === 0) return found;
  const others = row.beside.map((id) => {
    const finding = findings.get(id);
    if (!finding) throw new Error(`${row.id} is examined before ${id}, which it counts beside`);
    return { hasPassed: finding.status === 'passed', samples: samplesOf.get(id) ?? [] };
  });
  const idle = await functionWithoutWork(others, samplesOf.get(row.id) ?? []);
  return idle === undefined ? found : verdict('failed', `not counted: ${idle} ${NO_WORK}`);
}

const NO_WORK =
  'returns constants, copies or other numbers that do not follow from its input as asked, which satisfy this whatever is asked';
