import { criteriaOf } from '../model/assignment.ts';
import type { Finding } from '../model/outcome.ts';
import type { ExaminationSettings } from './messages.ts';

/**
 * A finding for every selected criterion: what no suite examines is pending, and what a suite should have found and did not
 * is a `grader-error`.
 *
 * @param log - the last that the examining process printed
 */
export function completeFindings(
  { assignment, selected }: Pick<ExaminationSettings, 'assignment' | 'selected'>,
  found: ReadonlyMap<string, Finding>,
  log: string,
): Finding[] {
  const wanted = new Set(selected);
  return criteriaOf(assignment)
    .filter(({ id }) => wanted.has(id))
    .map(({ id, kind, notMeasurable }): Finding => {
      const blank = { id, credit: 0, substituted: [], seconds: 0, evidence: [] };
      if (kind === 'manual') return { ...blank, status: 'manual', reason: 'a person reads this' };
      if (notMeasurable) return { ...blank, status: 'not-measurable', reason: notMeasurable };
      const words = log.trim().split('\n').slice(-3).join(' ') || 'its process was ended from outside';
      const reason = `the examination ended without a result; ${words}`;
      return found.get(id) ?? { ...blank, status: 'grader-error', reason };
    });
}
