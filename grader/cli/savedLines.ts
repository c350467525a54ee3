import stringWidth from 'string-width';

/**
 * Where files were saved: in one line or, if that is too wide, in a line for each. A path is never broken, so that it
 * can be copied.
 */
export function savedLines(files: readonly string[], width: number): string {
  const sentence = `Saved ${new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(files)}`;
  return stringWidth(sentence) <= width
    ? `${sentence}\n`
    : ['Saved', ...files.map((file) => `  ${file}`), ''].join('\n');
}
