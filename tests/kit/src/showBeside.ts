import type { Evidence } from '@im2grade/grader/model/evidence.ts';
import type { Finding } from '@im2grade/grader/model/outcome.ts';
import { verdictOf } from './anyVerdict.ts';
import { declareTest } from './criterion.ts';
import { contextOf, type CriterionContext, subjectFor } from './examineOn.ts';
import type { Criterion } from '@im2grade/grader/model/assignment.ts';

type Show = (context: CriterionContext) => Promise<Evidence>;

/**
 * Declares what a person sees beside the work that a manual criterion asks for. It gives and costs nothing: if some of it
 * cannot be made, because nothing was handed in for example, a sentence says why.
 *
 * @example
 * ```ts
 * showBeside('net.filters', ({ submission }) => drawnFilters(examinedModel(submission, 'models/net')));
 * ```
 */
export function showBeside(id: string, ...shows: readonly Show[]): void {
  declareTest(id, [], (row) => shownFor(row, shows));
}

async function shownFor(row: Criterion, shows: readonly Show[]): Promise<Finding> {
  const startedAt = performance.now();
  const context = contextOf(row, subjectFor(row, []));
  const evidence: Evidence[] = [];
  let failed: string | undefined;
  for (const show of shows) {
    try {
      evidence.push(await show(context));
    } catch (error) {
      const { status, reason } = verdictOf(error);
      if (status === 'grader-error') failed = reason;
      else evidence.push({ type: 'remark', message: `Nothing can be shown: ${reason}` });
    }
  }
  return {
    ...{ id: row.id, status: failed === undefined ? 'manual' : 'grader-error', credit: 0, reason: failed ?? '' },
    ...{ substituted: [], seconds: (performance.now() - startedAt) / 1000, evidence },
  };
}
