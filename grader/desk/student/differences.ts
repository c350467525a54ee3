import { structuredPatch } from 'diff';
import { type Html, html } from '../../report/html/html.ts';

/** Two texts may differ so much that comparing them would take minutes; nobody reads that either. */
const MOST_MS = 2000;
const MOST_LINES = 2000;

/** What was changed in the files of a submission, a section for each file that differs. */
export function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Html {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const changed = paths.filter((path) => before.get(path) !== after.get(path));
  if (changed.length === 0) return html`<p>Nothing differs.</p>`;
  return html`${changed.map(
    (path) =>
      html`<section>
        <h2><bdi>${path}</bdi></h2>
        ${difference(before.get(path) ?? '', after.get(path) ?? '')}
      </section>`,
  )}`;
}

function difference(before: string, after: string): Html {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3, timeout: MOST_MS });
  if (!patch) return html`<p>Too much differs to be shown.</p>`;
  const lines = patch.hunks.flatMap(({ oldStart, newStart, lines: of }) => [
    html`<span class="at">line ${oldStart} → ${newStart}</span>`,
    ...of.filter((line) => !line.startsWith('\\')).map(changedLine),
  ]);
  return html`<div class="diff" tabindex="0" role="group" aria-label="Changed lines">${lines.slice(0, MOST_LINES)}</div>
    ${lines.length > MOST_LINES && html`<p>${lines.length - MOST_LINES} more lines differ.</p>`}`;
}

function changedLine(line: string): Html {
  const [sign, text] = [line[0], line];
  if (sign === '+') return html`<ins>${text}</ins>`;
  if (sign === '-') return html`<del>${text}</del>`;
  return html`<span>${text}</span>`;
}
