import type { ScoreReport } from '../../model/report.ts';
import { type Html, html } from './html.ts';

/** The type checker's messages: shown, but free of charge. */
export function warningSection({ warnings }: ScoreReport): Html | undefined {
  if (warnings.length === 0) return undefined;
  return html`<section aria-labelledby="warnings">
    <h2 id="warnings">The type checker says</h2>
    <p class="muted">This costs no points.</p>
    <ul class="warnings">
      ${warnings.map(({ path, line, message }) => html`<li><code>${path}:${line}</code> <span class="text">${message}</span></li>`)}
    </ul>
  </section>`;
}
