import stringWidth from 'string-width';
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
export function lostPointLines(paper: TerminalStyle, report: ScoreReport): string[] {
  const lost = report.outcomes.filter(lostPoints);
  const attempted = lost.filter(({ status }) => status !== 'not-attempted');
  const unwritten = lost.filter(({ status }) => status === 'not-attempted');
  const reasons = [...new Set(unwritten.map(({ reason }) => reason))];
  if (lost.length === 0) return [];
  return [
    ...heading(paper, 'Where points were lost'),
    ...attempted.flatMap((outcome) => [...explained(paper, outcome), '']),
    ...reasons.flatMap((reason) => [
      ...notWritten(
        paper,
        reason,
        unwritten.filter((outcome) => outcome.reason === reason),
      ),
      '',
    ]),
  ].slice(0, -1);
}

/** What is pending, each with its reason. */
export function pendingLines(paper: TerminalStyle, report: ScoreReport): string[] {
  const pending = report.outcomes.filter(({ status }) => isPending(status));
  if (pending.length === 0) return [];
  return [
    ...heading(paper, 'Pending'),
    ...pending.flatMap((outcome) => [
      headline(paper, outcome, outcome.title, pointsOf(outcome, points)),
      ...labelled(paper, 'reason', [STATUS[outcome.status].word, outcome.reason].filter(Boolean).join(': ')),
    ]),
  ];
}

function explained(paper: TerminalStyle, outcome: Outcome): string[] {
  return [
    headline(paper, outcome, outcome.title, pointsOf(outcome, points)),
    ...labelled(paper, 'asked', outcome.asks),
    ...labelled(paper, 'happened', outcome.reason),
    ...outcome.evidence.flatMap((evidence) => evidenceLines(paper, evidence)),
    ...labelled(paper, 'replay', outcome.replay),
  ];
}

function notWritten(paper: TerminalStyle, reason: string, outcomes: readonly Outcome[]): string[] {
  const worth = outcomes.reduce((sum, outcome) => sum + outcome.points, 0);
  return [
    headline(paper, outcomes[0], reason || 'Not attempted', `0 / ${points(worth)}`),
    ...labelled(paper, 'criteria', outcomes.map(({ id }) => id).join(', ')),
  ];
}

function headline({ width, paint }: TerminalStyle, outcome: Outcome, title: string, score: string): string {
  const { symbol, tone } = STATUS[outcome.status];
  const text = cut(printableLine(title), width - stringWidth(score) - 4);
  const gap = ' '.repeat(Math.max(1, width - stringWidth(text) - stringWidth(score) - 2));
  return `${toned(paint, tone)(symbol)} ${paint.bold(text)}${gap}${paint.bold(score)}`;
}
