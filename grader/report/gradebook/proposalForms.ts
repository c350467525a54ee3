import type { Proposal, ProposalItem } from '../../model/proposal.ts';
import { groupBy } from '../../common/groupBy.ts';
import { sumOf } from '../../common/round.ts';
import { type Html, html } from '../html/html.ts';
import { page } from '../html/page.ts';
import { count, points } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';

/** `1 gains 3 points, 1 loses 1.5 points; 40 attempts unchanged`: by the scores that count, of each team once. */
export function proposalSummary({ attempts, items }: Proposal): string {
  const teams = [...groupBy(items, ({ team }) => team).values()];
  const differences = teams.map(([{ counting }]) => sumOf([counting.after ?? 0, -(counting.before ?? 0)]));
  const [gains, losses] = [differences.filter((each) => each > 0), differences.filter((each) => each < 0)];
  const kept = teams.length - gains.length - losses.length;
  const parts = [
    ...(gains.length > 0 ? [changeText(gains, ['gains', 'gain'])] : []),
    ...(losses.length > 0 ? [changeText(losses, ['loses', 'lose'])] : []),
    ...(kept === 1 ? ['1 keeps the score with other points per criterion'] : []),
    ...(kept > 1 ? [`${kept} keep their score with other points per criterion`] : []),
  ];
  const same = `${count(attempts - items.length, 'attempt')} unchanged`;
  return parts.length === 0 ? same : `${parts.join(', ')}; ${same}`;
}

/** `1 gains 1 point`, `2 gain 3 points in all`. */
function changeText(differences: readonly number[], [one, several]: readonly [string, string]): string {
  const sum = Math.abs(sumOf(differences));
  const what = `${points(sum)} point${sum === 1 ? '' : 's'}`;
  return differences.length === 1 ? `1 ${one} ${what}` : `${differences.length} ${several} ${what} in all`;
}

/** For a terminal: each student, then the criteria. */
export function proposalText(proposal: Proposal): string {
  const lines = proposal.items.flatMap((item) => [
    `${whose(item)}: ${scores(item)} (${item.because.join(', ')})`,
    ...(item.reason === '' ? [] : [`  ${item.reason}`]),
    ...item.criteria.map(({ id, before, after }) => `  ${id}: ${before} → ${after}`),
  ]);
  return [...lines, proposalSummary(proposal), ''].map(printableLine).join('\n');
}

/** The students and, if several of their attempts were looked at, which one it is. */
export const whose = ({ students, attempt }: ProposalItem): string =>
  attempt === '' ? students : `${students}, ${attempt}`;

/** `3 → 4.5`. */
export const scores = ({ before, after }: ProposalItem): string => `${scoreText(before)} → ${scoreText(after)}`;
const scoreText = (score: number | undefined): string => (score === undefined ? 'no score' : points(score));

/** A page with a row per student and criterion. */
export function proposalHtml(proposal: Proposal): string {
  const body = html`<h1>Regrading of <bdi>${proposal.assignment.title}</bdi></h1>
    <p>${proposalSummary(proposal)}.</p>
    <p>Nothing has been changed yet.</p>
    <table class="plain">
      <thead>
        <tr>
          <th scope="col">Students</th>
          <th scope="col">Criterion</th>
          <th scope="col" class="number">Before</th>
          <th scope="col" class="number">After</th>
          <th scope="col">Because of</th>
        </tr>
      </thead>
      <tbody>
        ${proposal.items.map(rowsOf)}
      </tbody>
    </table>`;
  return page(`Regrading of ${proposal.assignment.id}`, body);
}

const rowsOf = (item: ProposalItem): Html =>
  html`<tr>
      <th scope="row"><bdi>${whose(item)}</bdi></th>
      <td>Score ${item.reason}</td>
      <td class="number">${scoreText(item.before)}</td>
      <td class="number">${scoreText(item.after)}</td>
      <td>${item.because.join(', ')}</td>
    </tr>
    ${item.criteria.map(
      ({ id, before, after }) =>
        html`<tr>
          <td></td>
          <td>${id}</td>
          <td class="number">${before}</td>
          <td class="number">${after}</td>
          <td></td>
        </tr>`,
    )}`;
