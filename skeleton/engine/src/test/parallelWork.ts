import { allocateReal } from '../runtime.ts';
import type { Real } from '../memory/Real.ts';
import type { Team } from '../threads/Team.ts';

/** Functions for the members of a team to run in its tests. */

export function countShares(team: Team, { counts }: { counts: Real }): void {
  const [begin, end] = team.share(counts.length);
  for (let i = begin; i < end; i++) counts[i]++;
}

export function addRanks(team: Team, { total }: { total: Real }): void {
  const partial = Float64Array.from(total, (_, i) => (team.rank + 1) * (i + 1));
  team.reduce(partial, total);
}

/** Every member counts the rounds in which its neighbour was as far as itself. */
export function passOn(team: Team, { ring, seen, rounds }: { ring: Real; seen: Real; rounds: number }): void {
  for (let round = 1; round <= rounds; round++) {
    ring[team.rank] = round;
    team.barrier();
    if (ring[(team.rank + 1) % team.size] === round) seen[team.rank]++;
    team.barrier();
  }
}

/** What each member finds of the others, if nobody waits. */
export function lookAround(team: Team, { here, seen }: { here: Real; seen: Real }): void {
  here[team.rank] = 1;
  for (let other = 0; other < team.size; other++) seen[team.rank] += here[other];
}

export function allocateAlike(team: Team, { seen }: { seen: Real }): void {
  const shared = allocateReal(Float64Array, team.size);
  shared[team.rank] = team.rank + 1;
  team.barrier();
  if (team.rank === 0) seen.set(shared);
}

export function throwOn(team: Team, { rank }: { rank: number }): void {
  if (team.rank === rank) throw new RangeError('no good');
  team.barrier();
}

export function oneBarrierMore(team: Team, { rank }: { rank: number }): void {
  team.barrier();
  if (team.rank === rank) team.barrier();
}
