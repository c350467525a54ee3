import pc from 'picocolors';
import { type Evidence, isComment } from '../../model/evidence.ts';
import type { Outcome } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import { points } from '../text/numbers.ts';
import { printable, printableLine } from '../text/printable.ts';
import { STATUS, lostPoints } from '../text/status.ts';
import { evidenceLines } from '../terminal/evidence.ts';

const PAPER = { width: 100, paint: pc.createColors(false) };

/** A criterion's title on one line, with a remark on its points if they are bonus or pending. */
export function outcomeName({ title, bonus, status, points: worth }: Outcome): string {
  const notes = [
    ...(bonus ? ['bonus'] : []),
    ...(isPending(status) ? [`${points(worth)} pending: ${STATUS[status].word}`] : []),
  ];
  return printableLine(title) + (notes.length > 0 ? ` (${notes.join(', ')})` : '');
}

/** What happened, in one line of at most `maxChars` characters; the status if nothing more is known. */
export function outcomeMessage({ status, reason }: Outcome, maxChars: number): string {
  return shortened(printableLine(reason) || STATUS[status].word, maxChars);
}

/**
 * What was asked, what happened and the evidence, as plain text for a fixed-width font; if no points were lost, only what
 * people said about it.
 */
export function outcomeText(outcome: Outcome, maxChars: number): string {
  if (!lostPoints(outcome) && !isPending(outcome.status))
    return shortened(outcome.evidence.filter(isComment).flatMap(textLines).join('\n'), maxChars);
  const { asks, reason, substituted, evidence } = outcome;
  const parts = [
    `Asked: ${printableLine(asks)}`,
    ...(reason === '' ? [] : [printable(reason)]),
    ...(substituted.length > 0 ? [`Examined on the reference's ${substituted.map(printableLine).join(', ')}`] : []),
    ...evidence.map((each) => textLines(each).join('\n')),
  ];
  return shortened(parts.join('\n\n'), maxChars);
}

const textLines = (evidence: Evidence): string[] => evidenceLines(PAPER, evidence).map((line) => line.slice(2));

/** The beginning of a text, with an ellipsis if something was cut; no character is cut in two. */
export function shortened(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  return `${text.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '')}…`;
}
