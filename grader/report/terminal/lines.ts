import type { Colors } from 'picocolors/types.js';
import stringWidth from 'string-width';
import { printable } from '../text/printable.ts';
import { wrap } from '../text/wrap.ts';

/** The width of lines, and their colours. */
export interface TerminalStyle {
  readonly width: number;
  readonly paint: Colors;
}

const LABEL = 10;

/** Wrapped text after a label, in a hanging indent; nothing if the text is empty. */
export function labelled(style: TerminalStyle, label: string, text: string): string[] {
  if (text === '') return [];
  const lines = wrap(printable(text).trim(), style.width - 2 - LABEL);
  return lines.map((line, at) => `  ${style.paint.dim((at === 0 ? label : '').padEnd(LABEL))}${line}`);
}

/** A drawing that must not be wrapped, below a label. */
export const drawn = (lines: readonly string[]): string[] =>
  lines.map((line) => `  ${' '.repeat(LABEL)}${line}`.trimEnd());

/** The width that is available to `drawn`. */
export const drawingWidth = (style: TerminalStyle): number => style.width - 2 - LABEL;

/** A section's title with a rule to the end of the line. */
export function heading(style: TerminalStyle, title: string): string[] {
  return [
    '',
    `${style.paint.bold(title)} ${style.paint.dim('─'.repeat(Math.max(0, style.width - stringWidth(title) - 1)))}`,
    '',
  ];
}
