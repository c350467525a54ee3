import { compareTexts } from '../common/compareTexts.ts';
import { studentOf } from '../course/countingScores.ts';
import type { Pseudonyms } from '../gradebook/store/pseudonyms.ts';
import { Leaderboard, LEADERBOARD_VERSION, type LeaderboardRow, type NamedRow } from '../model/leaderboard.ts';
import type { RankedTeam } from './RankedTeam.ts';
import type { RankedAssignment } from './standingsOf.ts';

/** The lines of a leaderboard with names, in the same order. */
export const namedRows = (teams: readonly RankedTeam[], pseudonymOf: Pseudonyms): NamedRow[] =>
  teams.map(({ team, place, value, open, given, due }) => ({
    ...(place !== undefined && { place }),
    ...{ pseudonym: pseudonymOf(team.team), students: team.students.map(studentOf), value, open, bonus: given, due },
  }));

/**
 * What everybody may see. Work without a value is left out: it is not for others to know. The order of equal lines is that
 * of the pseudonyms, and says nothing about names.
 */
export function leaderboardOf(assignment: RankedAssignment, named: readonly NamedRow[]): Leaderboard {
  const { id, title, version, leaderboard } = assignment;
  const { value, better, shown, bonus, ties } = leaderboard;
  const rows = named.flatMap(({ place, pseudonym, value: known, bonus: given }) =>
    known ? [{ ...(place !== undefined && { place }), pseudonym, ...known, bonus: given }] : [],
  );
  const worse = (a: LeaderboardRow, b: LeaderboardRow) => (better === 'higher' ? b.value - a.value : a.value - b.value);
  return Leaderboard.parse({
    schema: 'im2grade/leaderboard',
    version: LEADERBOARD_VERSION,
    assignment: { id, title, version },
    rules: { value, better, shown, bonus, ties },
    rows: rows.sort((a, b) => byPlace(a, b) || worse(a, b) || compareTexts(a.pseudonym, b.pseudonym)),
    open: named.filter(({ open }) => open !== '').length,
  });
}

const byPlace = ({ place: a = Infinity }: LeaderboardRow, { place: b = Infinity }: LeaderboardRow): number =>
  a === b ? 0 : a - b;
