import { join } from 'node:path';
import { writeWhole } from '../../host/files/writeWhole.ts';
import type { Leaderboard, NamedRow } from '../../model/leaderboard.ts';
import { leaderboardHtml } from './leaderboardHtml.ts';
import { leaderboardCsv, leaderboardNamesCsv } from './leaderboardTables.ts';

/** The files for everybody, and the one that says who is who. */
export const LEADERBOARD_FILES = ['leaderboard.html', 'leaderboard.csv', 'leaderboard.json', 'leaderboard-names.csv'];

/** Writes a leaderboard into a folder, each file whole or not at all; returns the paths. */
export async function saveLeaderboard(
  board: Leaderboard,
  named: readonly NamedRow[],
  folder: string,
): Promise<string[]> {
  const paths = LEADERBOARD_FILES.map((name) => join(folder, name));
  const texts = [
    leaderboardHtml(board),
    leaderboardCsv(board),
    `${JSON.stringify(board, undefined, 2)}\n`,
    leaderboardNamesCsv(named),
  ];
  for (const [at, path] of paths.entries()) await writeWhole(path, texts[at]);
  return paths;
}
