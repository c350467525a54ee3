/** Replaces a text that occurs once in a file. */
export interface TextEdit {
  readonly find: string;
  readonly replace: string;
}

/**
 * The change from one text to another, as whole lines that occur once in the first.
 *
 * @example
 * ```ts
 * editOf('a\nb\nc', 'a\nB\nc'); // { find: 'b', replace: 'B' }
 * ```
 */
export function editOf(before: string, after: string): TextEdit {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const isSame = (i: number, j: number) => i < old.length && j < fresh.length && old[i] === fresh[j];
  let first = 0;
  while (isSame(first, first)) first++;
  let last = 0;
  const most = Math.min(old.length, fresh.length) - first;
  while (last < most && old.at(-1 - last) === fresh.at(-1 - last)) last++;
  const linesOf = (lines: readonly string[]) => lines.slice(first, lines.length - last).join('\n');
  // An empty text, or one that occurs elsewhere too, would not name the place; without lines, a line break would stay.
  const isPlace = () => occursOnce(before, linesOf(old)) && fresh.length > first + last;
  while (!isPlace() && (first > 0 || last > 0))
    if (first > 0) first--;
    else last--;
  return { find: linesOf(old), replace: linesOf(fresh) };
}

/** Occurrences that overlap count, too. */
const occursOnce = (text: string, part: string): boolean =>
  part.trim() !== '' && text.includes(part) && text.indexOf(part) === text.lastIndexOf(part);
