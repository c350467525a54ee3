import picocolors from 'picocolors';
import stringWidth from 'string-width';
import type { NamedRow } from '../../model/leaderboard.ts';
import type { LeaderboardRules } from '../../model/leaderboardRules.ts';
import { count } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { cut, wrap } from '../text/wrap.ts';
import { bonusText, valueText } from './valueText.ts';

const [PLACE, VALUE, BONUS] = [5, 14, 14];

/**
 * A leaderboard with names in a terminal: for those who grade.
 *
 * @param style - `width` in terminal cells
 */
export function renderLeaderboard(
  rules: LeaderboardRules,
  named: readonly NamedRow[],
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const paint = picocolors.createColors(colour);
  const room = Math.max(20, width - PLACE - VALUE - BONUS - 6);
  const open = named.filter((row) => row.open !== '');
  return [
    ...wrap(printableLine(`${rules.value}, ${rules.better} is better: ${count(named.length, 'submission')}`), width),
    ...named.filter((row) => row.open === '').map((row) => lineOf(rules, row, room)),
    ...open
      .flatMap((row) => wrap(printableLine(`not measured yet: ${namesOf(row)}: ${row.open}`), width))
      .map(paint.yellow),
    '',
  ].join('\n');
}

function lineOf(rules: LeaderboardRules, row: NamedRow, room: number): string {
  const who = cut(printableLine(namesOf(row)), room);
  const value = row.value ? valueText(rules.shown, row.value) : 'no value';
  return [
    (row.place === undefined ? '–' : String(row.place)).padStart(PLACE),
    who + ' '.repeat(Math.max(0, room - stringWidth(who))),
    value.padStart(VALUE),
    bonusText(row.bonus, row.due),
  ]
    .join('  ')
    .trimEnd();
}

const namesOf = ({ students }: NamedRow): string => students.map(({ name }) => name).join(', ');
