import { expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { exampleRules } from '../../leaderboard/test/exampleRules.ts';
import { exampleLeaderboard, exampleNamedRows, hostileNamedRows } from '../test/exampleLeaderboard.ts';
import { leaderboardHtml } from './leaderboardHtml.ts';
import { leaderboardCsv, leaderboardNamesCsv } from './leaderboardTables.ts';
import { renderLeaderboard } from './renderLeaderboard.ts';

const STYLE = { width: 80, colour: false };
const rules = exampleRules({ value: 'test accuracy of the better model' });

test('what everybody may see has pseudonyms, and nothing that says who is who', () => {
  const board = exampleLeaderboard();
  for (const text of [leaderboardHtml(board), leaderboardCsv(board), JSON.stringify(board)]) {
    expect(text).toContain('amber falcon k0x2');
    expect(text).not.toMatch(/Student|example\.org|00170|not graded/u);
    // Work without a value is not for others to know.
    expect(text).not.toContain('olive wren');
  }
});

test('the page has values and bonuses as they are shown, and neither script nor link', () => {
  const page = leaderboardHtml(exampleLeaderboard());
  for (const text of ['86.14 %', 'about 80.3 %', 'Place 1: <b>+0.3</b>', '1 submission is not measured yet'])
    expect(page).toContain(text);
  expect(page).not.toMatch(/<script|<a |No bonus has been given/u);
  expect(page).toContain("default-src 'none'");
  expect(leaderboardHtml({ ...exampleLeaderboard([]), open: 0 })).toContain('There are no places yet.');
});

test('who grades sees the names, the bonus that is due, and what is open', () => {
  const [first, ...others] = exampleNamedRows();
  const text = renderLeaderboard(rules, [{ ...first, bonus: 0 }, ...others], STYLE);
  expect(text.split('\n').map((line) => line.trim().replaceAll(/\s+/gu, ' '))).toEqual([
    'test accuracy of the better model, higher is better: 7 submissions',
    '1 Student 0 86.14 % 0 → 0.3',
    '2 Student 1 84.21 % +0.2',
    '2 Student 2 84.21 % +0.2',
    '4 Student 3 83.07 %',
    '– Student 4 about 80.3 %',
    '– Student 5 about 78.1 %',
    'not measured yet: Student 6: it is not graded yet',
    '',
  ]);
  expect(leaderboardNamesCsv(exampleNamedRows()).split('\n')[1]).toBe(
    '1,amber falcon k0x2,Student 0,001700,s0@example.org,0.8614,0,0.3,0.3,',
  );
});

test('hostile names stay text, and lines fit the terminal', () => {
  const text = renderLeaderboard(rules, hostileNamedRows(), STYLE);
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
  for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(STYLE.width);
  const table = leaderboardNamesCsv(hostileNamedRows());
  expect(table).not.toMatch(/[^\P{Cc}\n]|(^|[,"])[=+@]/u);
});
