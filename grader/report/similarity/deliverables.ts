import type { ComparedDeliverable, LeftOut, Similarity } from '../../model/similarity.ts';
import { type Html, html } from '../html/html.ts';
import { percent } from '../text/numbers.ts';
import { nameOf } from './pairs.ts';

/** Why a deliverable cannot tell submissions apart. */
export const VERDICTS: Readonly<Record<ComparedDeliverable['verdict'], string>> = {
  compared: 'compared',
  'too-short': 'undecidable: too little code of their own is left without what all were given or most have',
  'too-alike': 'undecidable: so many are alike that it says nothing about any two of the class',
};

/** Why the likeness of some submissions is not judged. */
export const LEFT_OUT: Readonly<Record<LeftOut['reason'], string>> = {
  common: 'alike, but not judged, because most of the class has the same',
  'too-alike': 'alike, but not judged, because so many are',
};

/** Who is alike without being judged: a person may want to read these, too. */
export const leftOutSection = ({ leftOut, works, groups }: Similarity): Html | undefined =>
  leftOut.length === 0
    ? undefined
    : html`<section aria-labelledby="left-out">
        <h2 id="left-out">Not judged</h2>
        <ul class="groups">
          ${leftOut.map(
            ({ path, reason, works: places }) =>
              html`<li>
                <p><code>${path}</code>: ${LEFT_OUT[reason]}</p>
                <ul>
                  ${places.map((place) => html`<li>${nameOf(works[place], groups)}</li>`)}
                </ul>
              </li>`,
          )}
        </ul>
      </section>`;

/** What was compared, and what is undecidable. */
export const deliverableSection = ({ deliverables }: Similarity): Html =>
  html`<section aria-labelledby="deliverables">
    <h2 id="deliverables">Deliverables</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="deliverables">
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Verdict</th>
            <th scope="col" class="number">Compared</th>
            <th scope="col" class="number">Typical pair</th>
          </tr>
        </thead>
        <tbody>
          ${deliverables
            .filter(({ read }) => read > 0)
            .map(
              ({ path, verdict, read, compared, typical }) =>
                html`<tr>
                  <th scope="row"><code>${path}</code></th>
                  <td>${VERDICTS[verdict]}</td>
                  <td class="number">${compared} of ${read}</td>
                  <td class="number">${typical === undefined ? '–' : percent(typical)}</td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>
  </section>`;

/** What could not be read: nothing is known about it. */
export const unreadSection = ({ unread }: Similarity): Html | undefined =>
  unread.length === 0
    ? undefined
    : html`<section aria-labelledby="unread">
        <h2 id="unread">Not compared</h2>
        <ul class="warnings">
          ${unread.map(({ name, reason }) => html`<li><bdi>${name}</bdi>: <span class="text">${reason}</span></li>`)}
        </ul>
      </section>`;
