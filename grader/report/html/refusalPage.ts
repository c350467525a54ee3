import type { Refusal } from '../Refusal.ts';
import { html } from './html.ts';
import { page } from './page.ts';

/** The page of a submission of which nothing could be graded: why, and what to do. */
export function renderRefusalPage({ assignment, submission, message }: Refusal): string {
  return page(
    `${submission}: ${assignment.title}`,
    html`<header>
        <p class="over">${assignment.id}</p>
        <h1>${assignment.title}</h1>
        <p class="whose"><bdi>${submission}</bdi></p>
        <p class="notice">
          <strong>Nothing of this submission could be graded.</strong> <span class="text">${message}</span>
        </p>
      </header>
      <main>
        <section aria-labelledby="next">
          <h2 id="next">What to do</h2>
          <p>
            Correct what is said above and hand in again. In the handout’s folder, <code>npm run hand-in</code> makes an
            archive with the right files in their places, and checks it as the grader does.
          </p>
        </section>
      </main>`,
  );
}
