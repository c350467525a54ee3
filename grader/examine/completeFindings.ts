import { criteriaOf } from '../model/assignment.ts';
import type { Finding } from '../model/outcome.ts';
import type { ExaminationSettings } from './messages.ts';

/**
 * Adds a finding for every selected criterion that has none: a pending one if no suite examines it, `grader-error`
 * if a suite should have reported one.
 *
 * @param log - the last output of the examining process
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
      if (kind === 'manual') return { ...blank, status: 'manual', reason: 'a person grades this' };
      if (notMeasurable) return { ...blank, status: 'not-measurable', reason: notMeasurable };
      const message = log.trim().split('\n').slice(-3).join(' ') || 'its process was ended from outside';
      const reason = `the examination ended without a result; ${message}`;
      return found.get(id) ?? { ...blank, status: 'grader-error', reason };
    });
}
