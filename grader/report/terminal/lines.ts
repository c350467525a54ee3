import type { Colors } from 'picocolors/types.js';
import stringWidth from 'string-width';
import { printable } from '../text/printable.ts';
import { wrap } from '../text/wrap.ts';

/** Where lines go and how they may be painted. */
export interface TerminalStyle {
  readonly width: number;
  readonly paint: Colors;
}

const LABEL = 10;

/** Wrapped text behind a label, in a hanging indent; nothing where the text is empty. */
export function labelled(paper: TerminalStyle, label: string, text: string): string[] {
  if (text === '') return [];
  const lines = wrap(printable(text).trim(), paper.width - 2 - LABEL);
  return lines.map((line, at) => `  ${paper.paint.dim((at === 0 ? label : '').padEnd(LABEL))}${line}`);
}

/** Something drawn that must not be wrapped, below a label. */
export const drawn = (lines: readonly string[]): string[] =>
  lines.map((line) => `  ${' '.repeat(LABEL)}${line}`.trimEnd());

/** The room that `drawn` leaves. */
export const drawingWidth = (paper: TerminalStyle): number => paper.width - 2 - LABEL;

/** A section's title with a rule to the end of the line. */
export function heading(paper: TerminalStyle, title: string): string[] {
  return [
    '',
    `${paper.paint.bold(title)} ${paper.paint.dim('─'.repeat(Math.max(0, paper.width - stringWidth(title) - 1)))}`,
    '',
  ];
}
