import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { DeskContext } from '../DeskEnv.ts';
import { html } from '../../report/html/html.ts';
import { document } from './document.ts';

/** A page with a sentence: why something was refused, or failed. */
export const plainAnswer = (c: DeskContext, status: ContentfulStatusCode, text: string): Response =>
  c.html(
    document(
      'The desk',
      html`<main>
        <h1>The desk</h1>
        <p>${text}</p>
      </main>`,
    ),
    status,
  );
