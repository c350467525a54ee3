import { criteriaOf, type Criterion } from '../model/assignment.ts';
import type { Finding } from '../model/outcome.ts';
import type { ExaminationSettings } from './messages.ts';

/**
 * Adds a finding for every selected criterion that has none: if no suite examines it, a pending one or, if a person
 * would have nothing to read, `not-attempted`; `grader-error` if a suite should have reported one.
 *
 * @param log - the last output of the examining process
 */
export function completeFindings(
  { assignment, selected, deliverables }: Pick<ExaminationSettings, 'assignment' | 'selected' | 'deliverables'>,
  found: ReadonlyMap<string, Finding>,
  log: string,
): Finding[] {
  const wanted = new Set(selected);
  return criteriaOf(assignment)
    .filter(({ id }) => wanted.has(id))
    .map(({ id, kind, examines, notMeasurable }): Finding => {
      const blank = { id, credit: 0, substituted: [], seconds: 0, evidence: [] };
      if (kind === 'manual') return { ...blank, ...byHand(examines, deliverables), ...shownBeside(found.get(id)) };
      if (notMeasurable) return { ...blank, status: 'not-measurable', reason: notMeasurable };
      const message = log.trim().split('\n').slice(-3).join(' ') || 'its process was ended from outside';
      const reason = `the examination ended without a result; ${message}`;
      return found.get(id) ?? { ...blank, status: 'grader-error', reason };
    });
}

/** What a suite shows a person beside the work, or that it failed. */
function shownBeside(found: Finding | undefined): Partial<Finding> {
  if (!found) return {};
  const { status, reason, seconds, evidence } = found;
  return status === 'grader-error' ? { status, reason, seconds } : { seconds, evidence };
}

/** A person reads it, unless nothing was written: that is known at once. */
function byHand(
  examines: Criterion['examines'],
  texts: Readonly<Record<string, string>>,
): Pick<Finding, 'status' | 'reason'> {
  const isHandedInElsewhere = examines.length === 0;
  if (isHandedInElsewhere || examines.some((path) => Object.hasOwn(texts, path) && !isBlank(texts[path])))
    return { status: 'manual', reason: 'a person grades this' };
  const why = (path: string) => (Object.hasOwn(texts, path) ? `${path} is empty` : `no readable ${path} was handed in`);
  return { status: 'not-attempted', reason: `there is nothing to read: ${examines.map(why).join(', ')}` };
}

/** What a handout's file asks for is in comments. */
const isBlank = (text: string): boolean => text.replace(/<!--.*?(-->|$)/gsu, '').trim() === '';
