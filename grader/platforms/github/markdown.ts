import { printable, printableLine } from '../../report/text/printable.ts';

/**
 * Text on one line that is shown literally: nothing in it is markup, a mention, a reference, a table's cell or HTML.
 */
export function inline(text: string): string {
  return printableLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+\-.!|~@:$^=]/g, (character) => `&#${character.charCodeAt(0)};`)
    .trim();
}

/** Literal text between fences that are longer than any in it. */
export function fenced(text: string): string {
  const clean = printable(text);
  const longest = Math.max(2, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${clean}\n${fence}`;
}
