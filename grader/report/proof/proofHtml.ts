import type { MutantOutcome, ProofReport } from '../../model/proofReport.ts';
import { type Html, html } from '../html/html.ts';
import { page } from '../html/page.ts';
import { count, percent } from '../text/numbers.ts';
import { adviceLines } from './adviceLines.ts';
import { killRates } from './killRates.ts';
import { placeOf } from './placeOf.ts';

const STYLE = `
.cards { list-style: none; margin: 0; padding: 0; }
.cards > li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0; padding: .8rem 1.1rem; }
.cards pre { max-height: none; }
.cards del, .cards ins { display: block; text-decoration: none; padding-left: .6rem; border-left: 3px solid var(--bad); }
.cards ins { border-color: var(--good); margin-top: .2rem; }
.killed { columns: 20rem; column-gap: 2rem; font-size: .8125rem; padding-left: 1.1rem; }
.killed li { break-inside: avoid; }
`;

/** What a mutation test found, as one self-contained page: the score, then the survivors with their sources. */
export function proofHtml(report: ProofReport): string {
  const { assignment, grader, seed, mutants } = report;
  const of = (status: MutantOutcome['status']) => mutants.filter((mutant) => mutant.status === status);
  return page(
    `${assignment.title}: mutants of its suites`,
    html`${header(report)}
      <main>
        ${refutedNotice(report)} ${adviceNotice(report)}
        ${section('Survivors', of('survived'), 'Every criterion of correctness passed these. A difference is a mistake that the suites overlook; without one the mutant may do the same as the solution. A sentence says why a mistake is not examined.')}
        ${section('Undecided', of('undecided'), 'The grader failed at these; they do not count.')}
        ${killRates(
          'Suites',
          report.suites.map(({ file, ...kills }) => ({ name: file, ...kills })),
        )}
        ${killRates(
          'Criteria',
          report.criteria.map(({ id, title, ...kills }) => ({ name: title, id, ...kills })),
        )}
        ${operatorTable(report)}
        ${section('Equivalent', of('equivalent'), 'These do the same as the solution, for the reason that is given; the search found no difference.')}
        ${killedList(of('killed'))}
      </main>
      <footer>
        <p>${assignment.id} version ${assignment.version} · grader ${grader} · seed ${seed}</p>
      </footer>`,
    { style: STYLE },
  );
}

function header({ assignment, totals, mutants, possible }: ProofReport): Html {
  const facts = [
    `${mutants.length} of ${count(possible, 'mutant')} examined`,
    `${totals.killed} killed`,
    `${totals.survived} survived`,
    `${totals.equivalent} equivalent`,
    ...(totals.undecided > 0 ? [`${totals.undecided} undecided`] : []),
  ];
  return html`<header>
    <p class="over"><bdi>${assignment.id}</bdi> · version ${assignment.version} · mutants of the right solutions</p>
    <h1><bdi>${assignment.title}</bdi></h1>
    <p class="whose">${facts.join(' · ')}</p>
    <div class="score">
      <p class="big"><b>${totals.score.toFixed(1)}</b> <span>% of what can be noticed is noticed</span></p>
    </div>
  </header>`;
}

const refutedNotice = ({ refuted }: ProofReport): Html | false =>
  refuted.length > 0 &&
  html`<div class="notice loud">
    <strong>Marked as equivalent, and it is not:</strong>
    <ul>
      ${refuted.map((line) => html`<li>${line}</li>`)}
    </ul>
  </div>`;

const adviceNotice = ({ advice }: ProofReport): Html | false => {
  const lines = adviceLines(advice);
  return (
    lines.length > 0 &&
    html`<section>
      <h2>What would make the suites sharper</h2>
      <ul>
        ${lines.map((line) => html`<li>${line}</li>`)}
      </ul>
    </section>`
  );
};

const section = (title: string, mutants: readonly MutantOutcome[], about: string): Html | false =>
  mutants.length > 0 &&
  html`<section>
    <h2>${title} (${mutants.length})</h2>
    <p class="muted">${about}</p>
    <ul class="cards">
      ${mutants.map(card)}
    </ul>
  </section>`;

function card(mutant: MutantOutcome): Html {
  const { operator, was, becomes, search, reason } = mutant;
  return html`<li>
    <h3>${placeOf(mutant)}</h3>
    <p class="id">${operator}</p>
    <pre><code><del>${was}</del><ins>${becomes}</ins></code></pre>
    ${reason !== undefined && html`<p>${reason}</p>`} ${search && html`<p>${searched(search)}</p>`}
  </li>`;
}

function searched({ cases, difference }: NonNullable<MutantOutcome['search']>): Html | string {
  if (difference !== undefined) return html`<strong>Differs from the reference:</strong> ${difference}`;
  return cases === 0 ? 'This assignment has no search.' : `No difference in ${cases} random cases.`;
}

const operatorTable = ({ operators }: ProofReport): Html =>
  html`<section>
    <h2>Kinds of mistakes</h2>
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Mistake</th>
          <th scope="col" class="number">Killed</th>
          <th scope="col" class="number">Survived</th>
          <th scope="col" class="number">Equivalent</th>
          <th scope="col" class="number">Score</th>
        </tr>
      </thead>
      <tbody>
        ${operators.map(
          ({ operator, killed, survived, equivalent }) =>
            html`<tr>
              <th scope="row">${operator}</th>
              <td class="number">${killed}</td>
              <td class="number">${survived}</td>
              <td class="number">${equivalent}</td>
              <td class="number">${killed + survived > 0 ? percent(killed / (killed + survived)) : '–'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;

const killedList = (mutants: readonly MutantOutcome[]): Html =>
  html`<section>
    <h2>Killed</h2>
    <details>
      <summary>${count(mutants.length, 'mutant')}</summary>
      <ul class="killed">
        ${mutants.map(
          (mutant) =>
            html`<li>
              <code>${mutant.becomes}</code>
              <span class="muted">${placeOf(mutant)}: ${mutant.ended ?? ''} ${mutant.lost.join(', ')}</span>
            </li>`,
        )}
      </ul>
    </details>
  </section>`;
