import { Hono } from 'hono';
import { knownPseudonyms, type Pseudonyms } from '../../gradebook/store/pseudonyms.ts';
import { namesOf } from '../../gradebook/store/teams.ts';
import { type RankedTeam, rankedTeams } from '../../leaderboard/RankedTeam.ts';
import { isRanked, type RankedAssignment, standingsOf } from '../../leaderboard/standingsOf.ts';
import { type Html, html } from '../../report/html/html.ts';
import { bonusText, valueText } from '../../report/leaderboard/valueText.ts';
import { assignmentOf } from '../assignmentOf.ts';
import type { Desk } from '../Desk.ts';
import type { DeskEnv } from '../DeskEnv.ts';
import { deskPage, linkTo } from '../frame/deskPage.ts';
import { NotFound } from '../NotFound.ts';

/** The places of a class with names. What is not measured yet, and the bonus, are the command's. */
export const leaderboardRoutes = (desk: Desk): Hono<DeskEnv> =>
  new Hono<DeskEnv>().get('/', async (c) => {
    const assignment = assignmentOf(desk, c);
    if (!isRanked(assignment)) throw new NotFound('This assignment has no leaderboard.');
    const teams = rankedTeams(assignment.leaderboard, await standingsOf(desk.root, desk.book, assignment));
    const body = leaderboardPage(assignment, teams, await desk.book.read(knownPseudonyms));
    return c.html(deskPage(c, desk, { title: `${assignment.title}: leaderboard`, assignment, place: 'class', body }));
  });

function leaderboardPage(
  assignment: RankedAssignment,
  teams: readonly RankedTeam[],
  pseudonymOf: Pseudonyms | undefined,
): Html {
  const { id, title, leaderboard } = assignment;
  return html`<header>
      <p class="over"><bdi>${id}</bdi> · leaderboard</p>
      <h1><bdi>${title}</bdi></h1>
      <p class="whose">${leaderboard.value}, ${leaderboard.better} is better</p>
      <p class="notice">
        With names, for those who grade. <code>grade leaderboard ${id}</code> measures what may have a place, makes the
        page for everybody and gives the bonus.
      </p>
    </header>
    <main>${teams.length === 0 ? html`<p>There are no places yet.</p>` : table(assignment, teams, pseudonymOf)}</main>`;
}

const table = (assignment: RankedAssignment, teams: readonly RankedTeam[], pseudonymOf: Pseudonyms | undefined): Html =>
  html`<div class="scroll" tabindex="0" role="group" aria-label="Places">
    <table class="plain">
      <thead>
        <tr>
          <th scope="col" class="number">Place</th>
          <th scope="col">Who</th>
          <th scope="col">Pseudonym</th>
          <th scope="col" class="number">Value</th>
          <th scope="col" class="number">Bonus</th>
        </tr>
      </thead>
      <tbody>
        ${teams.map(
          ({ team, place, value, open, given, due }) =>
            html`<tr>
                <td class="number">${place ?? '–'}</td>
                <th scope="row">
                  <a href="${linkTo(assignment, `team/${team.team}/`)}"><bdi>${namesOf(team)}</bdi></a>
                </th>
                <td>${pseudonymOf?.(team.team)}</td>
                <td class="number">${value && valueText(assignment.leaderboard.shown, value)}</td>
                <td class="number">${bonusText(given, due)}</td>
              </tr>
              ${
                open !== '' &&
                html`<tr>
                  <td></td>
                  <td colspan="4" class="middling">Open: ${open}</td>
                </tr>`
              }`,
        )}
      </tbody>
    </table>
  </div>`;
