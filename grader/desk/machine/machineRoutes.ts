import { Hono } from 'hono';
import type { Check } from '../../doctor/Diagnosis.ts';
import { type Html, html } from '../../report/html/html.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage } from '../frame/deskPage.ts';
import { shortcut } from '../frame/shortcut.ts';

const STATES = { here: ['good', '✓', 'here'], missing: ['bad', '✗', 'missing'], absent: ['waiting', '·', 'not here'] };

/** What the machine of the desk offers to a grading, as `grade doctor --no-attacks` shows it. */
export function machineRoutes(desk: Desk): Hono<DeskEnv> {
  let diagnosed: ReturnType<Desk['diagnose']> | undefined;
  return new Hono<DeskEnv>().get('/', async (c) => {
    // Measuring takes seconds: it is done once, and when somebody asks for it.
    if (!diagnosed || c.req.query('again') === '1') diagnosed = desk.diagnose();
    const { tier, checks } = await diagnosed;
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
