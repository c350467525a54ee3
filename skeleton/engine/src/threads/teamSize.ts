import { availableParallelism } from 'node:os';
import { MAX_TEAM } from './TeamMemory.ts';

/** An invalid team size. */
export class TeamSizeError extends Error {
  override readonly name = 'TeamSizeError';
}

/**
 * Members of a team, as `OMP_NUM_THREADS` asks.
 *
 * @param otherwise - when it is not set: as many as the machine has cores
 * @throws TeamSizeError if it is set to anything but an integer from 1 to 64
 */
export function teamSize(asked: string | undefined, otherwise = availableParallelism()): number {
  if (asked === undefined || asked === '') return Math.min(otherwise, MAX_TEAM);
  const size = Number(asked);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_TEAM) return size;
  throw new TeamSizeError(`OMP_NUM_THREADS=${asked}: must be an integer from 1 to ${MAX_TEAM}`);
}
