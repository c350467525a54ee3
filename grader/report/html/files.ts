import type { ScoreReport } from '../../model/report.ts';
import { type Html, html } from './html.ts';

/** Which deliverables could not be used, with what to do, what was assumed about the others, and what was not taken. */
export function filesSection({ submission: { assumed, unusable } }: ScoreReport): Html | undefined {
  if (assumed.length === 0 && unusable.length === 0) return undefined;
  return html`<section aria-labelledby="files">
    <h2 id="files">The files</h2>
    ${
      unusable.length > 0 &&
      html`<p class="notice">
          <strong>Not everything could be used.</strong> What needs these files earns nothing; the rest was graded.
        </p>
        <ul class="warnings">
          ${unusable.map(({ reason }) => html`<li><span class="text">${reason}</span></li>`)}
        </ul>`
    }
    ${
      assumed.length > 0 &&
      html`<p class="muted">About the files; an assumption costs no points:</p>
        <ul class="warnings">
          ${assumed.map((text) => html`<li><span class="text">${text}</span></li>`)}
        </ul>`
    }
  </section>`;
}
