import stringWidth from 'string-width';
import { printableLine } from '../report/text/printable.ts';

/**
 * Where files were saved: in one line or, if that is too wide, in a line for each. A path is never broken, so that it
 * can be copied, unless the name of a submission has control characters: those are left out.
 */
export function savedLines(paths: readonly string[], width: number): string {
  const files = paths.map(printableLine);
  const sentence = `Saved ${new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(files)}`;
  return stringWidth(sentence) <= width
    ? `${sentence}\n`
    : ['Saved', ...files.map((file) => `  ${file}`), ''].join('\n');
}
