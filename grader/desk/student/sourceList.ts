import { groupBy } from '../../common/groupBy.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { LineNote } from './lineNotes.ts';

/** So that a page stays small, whatever was handed in. */
const MOST_CHARACTERS = 120_000;

/** A file with its lines numbered, and what is said about a line below it. */
export function sourceList(text: string, notes: readonly LineNote[]): Html {
  const isCut = text.length > MOST_CHARACTERS;
  const lines = text.slice(0, MOST_CHARACTERS).replace(/\n$/u, '').split(/\r?\n/u);
  const about = groupBy(notes, ({ line }) => line);
  const hidden = [...about].flatMap(([line, those]) => (line < 1 || line > lines.length ? those : []));
  return html`${hidden.map(noteBelow)}
    <ol class="code" tabindex="0" aria-label="Source">
      ${lines.map((line, at) => sourceLine(line, at + 1, about.get(at + 1) ?? []))}
    </ol>
    ${isCut && html`<p>The file is longer; save it to see the rest.</p>`}`;
}

function sourceLine(text: string, number: number, notes: readonly LineNote[]): Html {
  const mark = notes.some(({ by }) => by === undefined) ? 'marked' : notes.length > 0 && 'said';
  return html`<li id="L${number}" class="${mark}"><code>${text}</code>${notes.map(noteBelow)}</li>`;
}

const noteBelow = ({ text, by }: LineNote): Html =>
  html`<span class="note ${by !== undefined && 'of-person'}"
    >${by !== undefined && html`<strong><bdi>${by}</bdi>:</strong> `}<bdi>${text}</bdi></span
  >`;
