import stringWidth from 'string-width';
import { worthOf } from '../../common/round.ts';
import type { Outcome, ScoreReport } from '../../model/report.ts';
import { isPending } from '../../model/outcome.ts';
import { points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { STATUS, lostPoints, pointsOf } from '../text/status.ts';
import { cut } from '../text/wrap.ts';
import { evidenceLines } from './evidence.ts';
import { type TerminalStyle, heading, labelled } from './lines.ts';
import { toned } from './toned.ts';

/** Why points were lost: what was asked, what happened, the smallest example, and how to run it again. */
export function lostPointLines(style: TerminalStyle, report: ScoreReport): string[] {
  const lost = report.outcomes.filter(lostPoints);
  const attempted = lost.filter(({ status }) => status !== 'not-attempted');
  const unwritten = lost.filter(({ status }) => status === 'not-attempted');
  const reasons = [...new Set(unwritten.map(({ reason }) => reason))];
  if (lost.length === 0) return [];
  return [
    ...heading(style, 'Where points were lost'),
    ...attempted.flatMap((outcome) => [...explained(style, outcome), '']),
    ...reasons.flatMap((reason) => [
      ...notWritten(
        style,
        reason,
        unwritten.filter((outcome) => outcome.reason === reason),
      ),
      '',
    ]),
  ].slice(0, -1);
}

/** What is pending, each with its reason. */
export function pendingLines(style: TerminalStyle, report: ScoreReport): string[] {
  const pending = report.outcomes.filter(({ status }) => isPending(status));
  if (pending.length === 0) return [];
  return [
    ...heading(style, 'Pending'),
    ...pending.flatMap((outcome) => [
      headline(style, outcome, outcome.title, pointsOf(outcome, points)),
      ...labelled(style, 'reason', [STATUS[outcome.status].word, outcome.reason].filter(Boolean).join(': ')),
    ]),
  ];
}

function explained(style: TerminalStyle, outcome: Outcome): string[] {
  return [
    headline(style, outcome, outcome.title, pointsOf(outcome, points)),
    ...labelled(style, 'asked', outcome.asks),
    ...labelled(style, 'happened', outcome.reason),
    ...outcome.evidence.flatMap((evidence) => evidenceLines(style, evidence)),
    ...labelled(style, 'replay', outcome.replay),
  ];
}

function notWritten(style: TerminalStyle, reason: string, outcomes: readonly Outcome[]): string[] {
  const worth = worthOf(outcomes);
  return [
    headline(style, outcomes[0], reason || 'Not attempted', `0 / ${points(worth)}`),
    ...labelled(style, 'criteria', outcomes.map(({ id }) => id).join(', ')),
  ];
}

function headline({ width, paint }: TerminalStyle, outcome: Outcome, title: string, score: string): string {
  const { symbol, tone } = STATUS[outcome.status];
  const text = cut(printableLine(title), width - stringWidth(score) - 4);
  const gap = ' '.repeat(Math.max(1, width - stringWidth(text) - stringWidth(score) - 2));
  return `${toned(paint, tone)(symbol)} ${paint.bold(text)}${gap}${paint.bold(score)}`;
}
