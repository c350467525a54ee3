import type { Outcome } from '../../model/report.ts';
import { type Status, isPending } from '../../model/outcome.ts';

export type Tone = 'good' | 'middling' | 'bad' | 'waiting';

/** The word, symbol and tone of each status; the symbol and the word are enough without colour. */
export const STATUS: Record<Status, { readonly word: string; readonly symbol: string; readonly tone: Tone }> = {
  passed: { word: 'passed', symbol: '✓', tone: 'good' },
  partial: { word: 'partial', symbol: '◐', tone: 'middling' },
  failed: { word: 'failed', symbol: '✗', tone: 'bad' },
  'not-attempted': { word: 'not attempted', symbol: '○', tone: 'bad' },
  inconclusive: { word: 'inconclusive', symbol: '?', tone: 'waiting' },
  'grader-error': { word: 'grader error', symbol: '!', tone: 'waiting' },
  manual: { word: 'by hand', symbol: '✎', tone: 'waiting' },
  'not-measurable': { word: 'not measurable', symbol: '–', tone: 'waiting' },
  blocked: { word: 'blocked', symbol: '⊘', tone: 'waiting' },
};

/** True if points were lost, or a self-check found something that needs an explanation. */
export function lostPoints({ status, earned, points, bonus }: Outcome): boolean {
  if (points === 0) return status === 'partial' || status === 'failed';
  return !isPending(status) && earned < points && !(bonus && status === 'not-attempted');
}

/** The text of the points column: `2 / 3`, or `– / 10` while they are pending; bonus points are marked with a plus. */
export function pointsOf(outcome: Outcome, points: (value: number) => string): string {
  const earned = isPending(outcome.status) ? '–' : points(outcome.earned);
  return `${outcome.bonus ? '+' : ''}${earned} / ${points(outcome.points)}`;
}
