/** Shorter lines are braces and common words. */
const LEAST_LINE = 40;
/** So many characters in a row of short lines are no coincidence. */
const LEAST_RUN = 80;

const IMPORTS = /^import\b[^;]*;$/gmu;
const COMMENT = /^(?:\/\/|\/?\*)/u;
/** What makes a line of code a comment, a quotation or an item of a list. */
const MARK = /^(?:\/\/+|\/?\*+|>|[-|])\s*/u;

/** A text in which passages are searched: lines without indentation and marks, and no empty ones. */
export const readable = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim().replace(MARK, ''))
    .filter(Boolean)
    .join('\n');

/**
 * What gives a text away: each long line, and each row of short lines that is long. Comments and imports give nothing
 * away.
 *
 * @example
 * ```ts
 * [...passagesIn('// Sums.\nfor (let i = 0; i < values.length; i++) sum += values[i];\n')];
 * // ['for (let i = 0; i < values.length; i++) sum += values[i];']
 * ```
 */
export function* passagesIn(text: string): Iterable<string> {
  const lines = text
    .replaceAll(IMPORTS, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  for (const at of lines.keys()) {
    const passage = passageAt(lines, at);
    if (passage !== undefined) yield passage;
  }
}

function passageAt(lines: readonly string[], at: number): string | undefined {
  let passage = '';
  for (const whole of lines.slice(at)) {
    if (COMMENT.test(whole)) return undefined;
    const line = whole.replace(MARK, '');
    // Inside of a row, a long line is a passage of its own.
    if (line.length > LEAST_LINE) return passage === '' ? line : undefined;
    passage = passage === '' ? line : `${passage}\n${line}`;
    if (passage.length > LEAST_RUN) return passage;
  }
  return undefined;
}
