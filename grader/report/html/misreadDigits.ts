import type { PublicDigits } from '../../model/evidence.ts';
import { percent } from '../text/numbers.ts';
import { type Html, html } from './html.ts';
import { greyPicture } from './pictures.ts';

/** The digits that the network misreads, each with its label and the answer. */
export function misreadDigits({ digits, correct, misread }: PublicDigits): Html {
  const wrong = digits - correct;
  const which =
    wrong > misread.length ? `Of the ${wrong} that it reads wrongly, the first ${misread.length}` : 'Read wrongly';
  return html`<figure class="gallery">
    <figcaption>
      The public validation digits, which are yours to look at: ${correct} of ${digits} are right
      (${percent(correct / digits)}). ${misread.length > 0 && `${which}: the digit, and what it was read as.`} Hidden
      digits are not shown.
    </figcaption>
    <ul class="pictures">
      ${misread.map(
        ({ image, label, answer }) =>
          html`<li>
            ${greyPicture(image, `a handwritten ${label}`)}
            <p class="cropped">
              <span class="sr">read as </span><span aria-hidden="true">${label} → </span><b>${answer}</b>
            </p>
          </li>`,
      )}
    </ul>
  </figure>`;
}
