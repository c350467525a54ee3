import { compareTexts } from '../common/compareTexts.ts';
import { namesOf, type TeamAttempts } from '../gradebook/store/teams.ts';
import type { MeasuredValue } from '../model/evidence.ts';
import type { LeaderboardRules } from '../model/leaderboardRules.ts';
import { mayHavePlace, type Place, placesOf } from './placesOf.ts';
import { goodness, type Standing, type TeamStanding } from './Standing.ts';

/** A line of a leaderboard as those who grade see it. */
export interface RankedTeam extends Place {
  readonly team: TeamAttempts;
  /** Undefined if none is known, or the work takes no part. */
  readonly value: MeasuredValue | undefined;
  /** Why the value is not known; empty if it is, or if no place depends on it. */
  readonly open: string;
  /** Points of the bonus that it has now. */
  readonly given: number;
  readonly deduction: TeamStanding['deduction'];
}

/** The class by places, then by values. Those who take no part and have no bonus are left out. */
export function rankedTeams(rules: LeaderboardRules, standings: readonly TeamStanding[]): RankedTeam[] {
  const taking = standings.filter(({ standing }) => standing !== undefined);
  const known = withOpen(
    rules,
    taking.map(({ standing }) => standing!),
  );
  const places = placesOf(rules, known);
  const leaving = standings.filter(({ standing, given }) => standing === undefined && given > 0);
  return [
    ...taking.map(({ team, given, deduction }, at) => ({
      ...{ team, given, deduction, value: known[at].value, open: known[at].open },
      ...places[at],
    })),
    ...leaving.map(({ team, given, deduction }) => ({
      ...{ team, given, deduction, value: undefined, open: '' },
      ...NO_PLACE,
    })),
  ].sort((a, b) => order(rules, a, b));
}

/** What may have a place that is worth something has to be measured before anybody gets a bonus. */
function withOpen(rules: LeaderboardRules, standings: readonly Standing[]): Standing[] {
  const mayHave = mayHavePlace(rules, standings);
  return standings.map((standing) =>
    standing.open === '' && mayHave(standing)
      ? { ...standing, open: 'its value is not measured closely enough' }
      : standing,
  );
}

const NO_PLACE: Place = { place: undefined, due: 0 };

function order(rules: LeaderboardRules, a: RankedTeam, b: RankedTeam): number {
  const [first, second] = [a, b].map(({ place = Infinity }) => place);
  if (first !== second) return first - second;
  const [better, other] = [a, b].map(({ value }) => (value ? goodness(rules, value.value) : -Infinity));
  if (better !== other) return other - better;
  return compareTexts(namesOf(a.team), namesOf(b.team));
}
