import { type Html, html } from '../html/html.ts';
import { percent } from '../text/numbers.ts';

interface Rate {
  readonly name: string;
  readonly id?: string;
  readonly mutants: number;
  readonly killed: number;
  readonly alone: number;
}

/** How many mutants of what they examine suites or criteria kill, and how many nothing else kills. */
export const killRates = (title: string, rates: readonly Rate[]): Html =>
  html`<section>
    <h2>${title}</h2>
    <div class="scroll" tabindex="0" role="group" aria-label="${title}">
      <table class="plain">
        <caption>
          Of the mutants of the files that they examine. Criteria that need others see only mutants that have lost none
          of the others.
        </caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" class="number">Mutants</th>
            <th scope="col" class="number">Killed</th>
            <th scope="col" class="number">Share</th>
            <th scope="col" class="number">By nothing else</th>
          </tr>
        </thead>
        <tbody>
          ${rates.map(rateRow)}
        </tbody>
      </table>
    </div>
  </section>`;

const rateRow = ({ name, id, mutants, killed, alone }: Rate): Html =>
  html`<tr>
    <th scope="row">${name} ${id !== undefined && html`<span class="id">${id}</span>`}</th>
    <td class="number">${mutants}</td>
    <td class="number">${killed}</td>
    <td class="number">${mutants > 0 ? percent(killed / mutants) : '–'}</td>
    <td class="number">${alone}</td>
  </tr>`;
