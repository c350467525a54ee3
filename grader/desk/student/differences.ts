import { structuredPatch } from 'diff';
import { type Html, html } from '../../report/html/html.ts';
import { count } from '../../report/text/numbers.ts';

/**
 * Lines that are added or removed in one text. To compare texts that differ more would take minutes, in which the desk gives no
 * answer; and such a page would not be read.
 */
const MOST_CHANGED = 2000;
/** So that a page stays small, whatever was handed in. */
const MOST_CHARACTERS = 100_000;

/** What was changed in the files of a submission, a section for each file that differs. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Html {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const changed = paths.filter((path) => before.get(path) !== after.get(path));
  if (changed.length === 0) return html`<p>Nothing differs.</p>`;
  const share: Share = {
    characters: MOST_CHARACTERS / changed.length,
    // The time that a comparison takes grows with the square.
    changedLines: Math.floor(MOST_CHANGED / Math.sqrt(changed.length)),
  };
  return html`${changed.map(
    (path) =>
      html`<section>
        <h2><bdi>${path}</bdi></h2>
        ${difference(before.get(path) ?? '', after.get(path) ?? '', share)}
      </section>`,
  )}`;
}

/** What one of several files may have of a page. */
interface Share {
  readonly characters: number;
  readonly changedLines: number;
}

function difference(before: string, after: string, { characters, changedLines }: Share): Html {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3, maxEditLength: changedLines });
  if (!patch) return html`<p>Too much differs to be shown.</p>`;
  const lines = patch.hunks.flatMap(({ oldStart, newStart, lines: of }) => [
    `@line ${oldStart} → ${newStart}`,
    ...of.filter((line) => !line.startsWith('\\')),
  ]);
  const shown = beginning(lines, characters);
  const left = lines.length - shown.length;
  return html`<div class="diff" tabindex="0" role="group" aria-label="Changed lines">${shown.map(shownLine)}</div>
    ${left > 0 && html`<p>and ${count(left, 'more line')}</p>`}`;
}

/** As many lines as have these characters; the last one is cut. */
function beginning(lines: readonly string[], most: number): string[] {
  const shown: string[] = [];
  let left = most;
  for (const line of lines) {
    if (left <= 0) break;
    shown.push(line.slice(0, left));
    left -= line.length;
  }
  return shown;
}

function shownLine(line: string): Html {
  switch (line[0]) {
    case '+':
      return html`<ins>${line}</ins>`;
    case '-':
      return html`<del>${line}</del>`;
    case '@':
      return html`<span class="at">${line.slice(1)}</span>`;
    default:
      return html`<span>${line}</span>`;
  }
}
