import { Hono } from 'hono';
import type { Check } from '../../doctor/Diagnosis.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Desk, DeskQueue, DeskWorker } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage } from '../frame/deskPage.ts';
import { shortcut } from '../frame/shortcut.ts';

const STATES = { here: ['good', '✓', 'here'], missing: ['bad', '✗', 'missing'], absent: ['waiting', '·', 'not here'] };

/**
 * What the machine of the desk offers to a grading, as `grade doctor --no-attacks` shows it, and the workers of a queue, as
 * `grade workers` does.
 */
export function machineRoutes(desk: Desk): Hono<DeskEnv> {
  let diagnosed: ReturnType<Desk['diagnose']> | undefined;
  return new Hono<DeskEnv>().get('/', async (c) => {
    // Measuring takes seconds: it is done once, and when somebody asks for it.
    if (!diagnosed || c.req.query('again') === '1') diagnosed = desk.diagnose();
    const { tier, checks } = await diagnosed;
    const workers = desk.queue && workersTable(desk.queue, await desk.queue.workers());
    const body = html`<main>
      <h1>Machine</h1>
      <p>Isolation is <strong>${tier}</strong>. The gradebook is <code>${desk.book.shown}</code>.</p>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">State</th>
            <th scope="col">Found</th>
          </tr>
        </thead>
        <tbody>
          ${checks.map(checkRow)}
        </tbody>
      </table>
      <p><a href="?again=1" ${shortcut('E')}>Examine it again</a></p>
      ${workers}
    </main>`;
    return c.html(deskPage(c, desk, { title: 'Machine', assignment: undefined, place: 'machine', body }));
  });
}

function checkRow({ name, found, state, remedy }: Check): Html {
  const [tone, symbol, word] = STATES[state];
  return html`<tr>
    <th scope="row">${name}</th>
    <td>
      <span class="status ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>
    </td>
    <td>
      ${found}
      ${remedy !== '' && html`<p class="muted">${state === 'missing' ? 'To get it' : 'Optional'}: <code>${remedy}</code></p>`}
    </td>
  </tr>`;
}

function workersTable({ shown }: DeskQueue, workers: readonly DeskWorker[] | undefined): Html {
  const heads = ['Worker', 'Assignment', 'Gradings', 'Versions', 'Machine'];
  return html`<h2>Workers</h2>
    ${!workers && html`<p><code>${shown}</code> does not answer.</p>`}
    ${workers?.length === 0 && html`<p>No worker is connected to <code>${shown}</code>: <code>grade worker --help</code></p>`}
    ${
      workers !== undefined &&
      workers.length > 0 &&
      html`<table class="plain">
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${workers.map(
            ({ place, assignment, counts, versions, machine }) =>
              html`<tr>
                <th scope="row">${place}</th>
                <td>${assignment}</td>
                <td>${counts}</td>
                <td>${versions}</td>
                <td>${machine}</td>
              </tr>`,
          )}
        </tbody>
      </table>`
    }`;
}
