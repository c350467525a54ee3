import type { Leaderboard, LeaderboardRow } from '../../model/leaderboard.ts';
import { type Html, html } from '../html/html.ts';
import { page } from '../html/page.ts';
import { count, points } from '../text/numbers.ts';
import { LEADERBOARD_STYLE } from './leaderboardStyle.ts';
import { numberText, valueText } from './valueText.ts';

/**
 * A leaderboard as one self-contained page for everybody: it has pseudonyms and no names, no script, and loads nothing from
 * elsewhere.
 */
export function leaderboardHtml(board: Leaderboard): string {
  const { assignment, rows } = board;
  return page(
    `${assignment.title}: leaderboard`,
    html`${header(board)}
      <main>${rows.length === 0 ? html`<p>There are no places yet.</p>` : table(board)} ${method(board)}</main>
      <footer><p>${assignment.id} version ${assignment.version}</p></footer>`,
    { style: LEADERBOARD_STYLE },
  );
}

function header({ assignment, rules, rows, open }: Leaderboard): Html {
  const isGiven = rows.some(({ bonus }) => bonus > 0);
  return html`<header>
    <p class="over"><bdi>${assignment.id}</bdi> · version ${assignment.version} · leaderboard</p>
    <h1><bdi>${assignment.title}</bdi></h1>
    <p class="whose">
      <bdi>${capital(rules.value)}</bdi> ${count(rows.length, 'submission')}, ${rules.better} is better
    </p>
    <ul class="worth" aria-label="What the places are worth">
      ${rules.bonus.map((worth, at) => html`<li>Place ${at + 1}: <b>+${points(worth)}</b></li>`)}
    </ul>
    ${!isGiven && html`<p class="notice">No bonus has been given yet: places may still change.</p>`}
    ${
      open > 0 &&
      html`<p class="notice loud">
        <strong>${count(open, 'submission')} ${open === 1 ? 'is' : 'are'} not measured yet.</strong> Places may change
        when ${open === 1 ? 'it is' : 'they are'}.
      </p>`
    }
  </header>`;
}

function table({ rules, rows }: Leaderboard): Html {
  const placed = rows.filter(({ place }) => place !== undefined);
  const scale = scaleOf(rows);
  return html`<table class="board">
    <thead>
      <tr>
        <th scope="col" class="place">Place</th>
        <th scope="col">Who</th>
        <th scope="col" class="spread">
          ${scale.least < scale.most && [scale.least, scale.most].map((end) => numberText({ ...rules.shown, decimals: 1 }, end)).join(' to ')}
        </th>
        <th scope="col" class="number">Value</th>
        <th scope="col" class="number">Bonus</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row, at) => line(row, rules.shown, scale, at === placed.length - 1 && at < rows.length - 1))}
    </tbody>
  </table>`;
}

interface Scale {
  readonly least: number;
  readonly most: number;
}

/** From the least value to the greatest one, with their intervals. */
function scaleOf(rows: readonly LeaderboardRow[]): Scale {
  const least = Math.min(...rows.map(({ value, within }) => value - within));
  const most = Math.max(...rows.map(({ value, within }) => value + within));
  return { least, most };
}

function line(row: LeaderboardRow, shown: Leaderboard['rules']['shown'], scale: Scale, isLast: boolean): Html {
  const { place, pseudonym, bonus } = row;
  const kind = [bonus > 0 && 'paid', place === undefined && 'loose', isLast && 'least'].filter(Boolean).join(' ');
  return html`<tr class="${kind}">
    <td class="place">${place ?? '–'}</td>
    <th scope="row"><bdi>${pseudonym}</bdi></th>
    <td class="spread">${track(row, scale)}</td>
    <td class="number">${valueText(shown, row)}</td>
    <td class="number">${bonus > 0 && `+${points(bonus)}`}</td>
  </tr>`;
}

/** A dot for the value, on its interval. */
function track({ value, within }: LeaderboardRow, { least, most }: Scale): Html {
  const at = (each: number): string => (most === least ? 50 : (100 * (each - least)) / (most - least)).toFixed(1);
  const width = most === least ? 0 : ((200 * within) / (most - least)).toFixed(1);
  return html`<span class="track" aria-hidden="true"
    >${within > 0 && html`<i style="left:${at(value - within)}%;width:${width}%"></i>`}<b style="left:${at(value)}%"></b
  ></span>`;
}

const TIES = {
  share: 'each has its bonus',
  divide: 'divide the bonus of the places that they take',
} as const;

function method({ rows, rules }: Leaderboard): Html {
  const isLoose = rows.some(({ place }) => place === undefined);
  return html`<section class="method" aria-labelledby="method">
    <h2 id="method">How places are decided</h2>
    <p>
      Equal values share a place, and ${TIES[rules.ties]}. A team has one place, and all of its members get the bonus.
      Once it is given, a bonus does not change when others hand in later, unless it is given anew.
    </p>
    ${
      isLoose &&
      html`<p>
        Values that are not measured closely enough for a place have a dash. If one of them may be among the best, it is
        measured again before a bonus is given.
      </p>`
    }
    <p>Your own name on this page is on the page with your score, and on no other student’s.</p>
  </section>`;
}

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
