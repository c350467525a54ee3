/** The most members that a team can have. */
export const MAX_TEAM = 64;

/** Numbers of each member that a reduction adds at a time. */
export const PIECE = 4096;

/** The words that the members of a team share. */
export const WORD = {
  /** Members waiting at the current barrier. */
  arrived: 0,
  /** Barriers that all members have passed. */
  generation: 1,
  /** Members whose function has returned. */
  finished: 2,
  /** Rank + 1 of the first one that failed. */
  failed: 3,
  /** Changes with each of the others; blocked members wait for it. */
  event: 4,
  /** For each rank, the barriers that it has reached. */
  barriers: 8,
  /** For each rank, where it is: one of `PLACE`. */
  places: 8 + MAX_TEAM,
} as const;

export const PLACE = { atWork: 0, atBarrier: 1, returned: 2 } as const;

export const WORDS = WORD.places + MAX_TEAM;

/** What the members of a team share: the words, then a piece of numbers for each member. */
export const teamMemory = (size: number): SharedArrayBuffer => new SharedArrayBuffer(WORDS * 4 + size * PIECE * 8);

/**
 * Prepares the memory for the next parallel region. No member may be in one; a member that is just leaving the last one
 * may still read the words, so `generation` and `event` only ever grow.
 */
export function resetTeam(memory: SharedArrayBuffer): void {
  const words = new Int32Array(memory, 0, WORDS);
  for (const word of [WORD.arrived, WORD.finished, WORD.failed]) Atomics.store(words, word, 0);
  words.fill(0, WORD.barriers);
}

/** "rank 0 waits at its barrier 2, rank 1 is still at work", for a team of `size` that does not finish. */
export function whereMembersAre(memory: SharedArrayBuffer, size: number): string {
  const words = new Int32Array(memory, 0, WORDS);
  const where = (rank: number): string => {
    const place = Atomics.load(words, WORD.places + rank);
    if (place === PLACE.returned) return 'has returned';
    return place === PLACE.atWork ? 'is still at work' : `waits at its barrier ${words[WORD.barriers + rank]}`;
  };
  return Array.from({ length: size }, (_, rank) => `rank ${rank} ${where(rank)}`).join(', ');
}

/** Rank of the member that failed first, if one did. */
export function failedRank(memory: SharedArrayBuffer): number | undefined {
  const failed = Atomics.load(new Int32Array(memory, 0, WORDS), WORD.failed);
  return failed === 0 ? undefined : failed - 1;
}
