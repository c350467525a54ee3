import { groupBy } from '../../common/groupBy.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { LineNote } from './lineNotes.ts';

/** So that a page stays small, whatever was handed in: characters of the file, and of its lines as they are sent. */
const [MOST_CHARACTERS, MOST_SENT] = [120_000, 300_000];
/** What is sent around a line, and of the longest escaped character. */
const [AROUND_LINE, LONGEST_ESCAPE] = [60, 6];

/** A file with its lines numbered, and what is said about a line below it. */
export function sourceList(text: string, notes: readonly LineNote[]): Html {
  const { lines, isCut } = beginning(text);
  const about = groupBy(notes, ({ line }) => line);
  const hidden = [...about].flatMap(([line, those]) => (line < 1 || line > lines.length ? those : []));
  return html`${hidden.map(noteBelow)}
    <ol class="code" tabindex="0" aria-label="Source">
      ${lines.map((line, at) => sourceLine(line, at + 1, about.get(at + 1) ?? []))}
    </ol>
    ${isCut && html`<p>The file is longer; save it to see the rest.</p>`}`;
}

/** As many lines as a page may have; the last one is cut. */
function beginning(text: string): { lines: readonly string[]; isCut: boolean } {
  const all = text.slice(0, MOST_CHARACTERS).replace(/\n$/u, '').split(/\r?\n/u);
  const lines: string[] = [];
  let left = MOST_SENT;
  for (const line of all) {
    const sent = AROUND_LINE + html`${line}`.markup.length;
    if (sent > left) {
      const shown = line.slice(0, Math.floor((left - AROUND_LINE) / LONGEST_ESCAPE));
      return { lines: left > AROUND_LINE ? [...lines, shown] : lines, isCut: true };
    }
    lines.push(line);
    left -= sent;
  }
  return { lines, isCut: text.length > MOST_CHARACTERS };
}

function sourceLine(text: string, number: number, notes: readonly LineNote[]): Html {
  const mark = notes.some(({ by }) => by === undefined) ? 'marked' : notes.length > 0 && 'said';
  return html`<li id="L${number}" class="${mark}"><code>${text}</code>${notes.map(noteBelow)}</li>`;
}

const noteBelow = ({ text, by }: LineNote): Html =>
  html`<span class="note ${by !== undefined && 'of-person'}"
    >${by !== undefined && html`<strong><bdi>${by}</bdi>:</strong> `}<bdi>${text}</bdi></span
  >`;
