import type { Real } from '../memory/Real.ts';
import { type Team, teamOfOne } from './Team.ts';
import { MAX_TEAM, PIECE, PLACE, WORD, WORDS } from './TeamMemory.ts';

// Captured at load: code that runs in the same realm may change them later.
const { add, compareExchange, load, notify, store, wait } = Atomics;
const { isInteger } = Number;
const { floor, min } = Math;
const { freeze } = Object;
/** Bound, so that no lookup is needed, and without a prototype that could supply an iterator or a setter. */
type ArrayFrom = <T>(like: { __proto__: null; length: number }, make: (_: unknown, i: number) => T) => T[];
const arrayFrom = Array.from.bind(Array) as ArrayFrom;
const [Words, Numbers] = [Int32Array, Float64Array];

/** Spins this many times before it blocks, about half a millisecond: waking up takes longer than that. */
const SPINS = 20_000;

/** In turns a member waits for all that the others do: waking up would be timed as if it were work. */
const SPINS_IN_TURNS = 20 * SPINS;

/** Stands for no rank: none is late. */
const NOBODY = -1;

/** How often a straggler checks on the others before it goes on, a tenth of a millisecond apart. */
const LAG_LOOKS = 500;

/** Ends the members that wait for one that has failed. */
export class TeamEnded extends Error {
  override readonly name = 'TeamEnded';
}

/** Members call `barrier` different numbers of times. */
export class UnequalBarriers extends Error {
  override readonly name = 'UnequalBarriers';
}

/** Two members have written different numbers to one element, and no barrier is between the two. */
export class RacingWrites extends Error {
  override readonly name = 'RacingWrites';
}

/** The arrays of a member that does not see what others write before the next barrier. */
export interface OwnArrays {
  /**
   * Passes on what this member has written since the last barrier.
   *
   * @throws RacingWrites if another one has passed on something else
   */
  publish(): void;
  /** Makes visible what all have passed on. */
  commit(): void;
  /** Copies what is visible. */
  refresh(): void;
}

/** Watches a member of a team that works in turns. */
export interface TurnWatcher {
  /** Called when the member's turn has come. */
  begin(): void;
  /** Called when it has reached a barrier or has returned, before the next one's turn. */
  end(): void;
}

/** How a team is run so that a missing barrier shows. */
export interface TeamOptions {
  /** The rank that leaves every barrier late; the others block at once instead of spinning. */
  readonly straggler?: number | undefined;
  /** One member works at a time, from barrier to barrier in the order of the ranks. */
  readonly inTurns?: boolean;
  /** Of a team that works in turns and is not timed: members block at once instead of spinning. */
  readonly ownArrays?: OwnArrays | undefined;
  /** Of a team that works in turns. */
  readonly turnWatcher?: TurnWatcher | undefined;
}

export interface Member {
  readonly team: Team;
  /**
   * Waits until every other member has reached its next barrier or has ended, for up to 50 ms: any member that does not
   * wait for this one is ahead of it by then.
   */
  lagBehind(): void;
  /**
   * In a team that works in turns, waits until every member of a lower rank has reached its next barrier or has returned.
   * Called before this member's function; barriers do the same.
   *
   * @throws TeamEnded when one has failed
   */
  takeTurn(): void;
  /** Called when this member's function has returned: anyone waiting for it at a barrier would wait forever. */
  leave(): void;
  /**
   * Leaves, and returns when all members have left.
   *
   * @throws TeamEnded when one has failed
   */
  join(): void;
  /** Called when this member's function has thrown: ends the others at their next barrier. The first failure counts. */
  fail(): void;
}

/**
 * One member's end of a team whose members share `memory`.
 *
 * A barrier counts arrivals; the last one releases the rest. Waiters spin briefly, then block until something changes,
 * and notice when no member is left that could still arrive.
 *
 * @param memory - see `TeamMemory`; reset by the owner before each parallel region
 */
export function createTeam(memory: SharedArrayBuffer, rank: number, size: number, options: TeamOptions = {}): Member {
  const { straggler = NOBODY, inTurns = false, ownArrays, turnWatcher } = options;
  if (!(isInteger(size) && size >= 1 && size <= MAX_TEAM))
    throw new RangeError(`a team has 1 to ${MAX_TEAM} members, not ${size}`);
  if (size === 1) return { team: teamOfOne, lagBehind() {}, takeTurn() {}, leave() {}, join() {}, fail() {} };
  const words = new Words(memory, 0, WORDS);
  const spins = straggler !== NOBODY || ownArrays ? 0 : inTurns ? SPINS_IN_TURNS : SPINS;
  const pieces = arrayFrom(
    { __proto__: null, length: size },
    (_, r) => new Numbers(memory, WORDS * 4 + r * PIECE * 8, PIECE),
  );

  const signal = (): void => {
    add(words, WORD.event, 1);
    notify(words, WORD.event);
  };
  const fail = (): boolean => {
    const isFirst = compareExchange(words, WORD.failed, 0, rank + 1) === 0;
    signal();
    return isFirst;
  };
  const requireRunning = (): void => {
    if (load(words, WORD.failed) !== 0) throw new TeamEnded(`rank ${load(words, WORD.failed) - 1} has failed`);
  };
  const requireOthers = (generation: number): void => {
    const finished = load(words, WORD.finished);
    if (finished === 0 || load(words, WORD.arrived) + finished < size) return;
    // The last one may have arrived, released the rest and returned since we looked.
    if (load(words, WORD.generation) !== generation) return;
    if (fail()) throw new UnequalBarriers(describeBarriers(words, size));
    requireRunning();
  };

  const waitUntil = (isSo: () => boolean): void => {
    for (let looks = 0; ; looks++) {
      const event = load(words, WORD.event);
      if (isSo()) return;
      if (looks >= spins) wait(words, WORD.event, event);
    }
  };
  const leave = (): void => {
    turnWatcher?.end();
    ownArrays?.publish();
    store(words, WORD.places + rank, PLACE.returned);
    if (add(words, WORD.finished, 1) + 1 === size) ownArrays?.commit();
    signal();
  };
  const join = (): void => {
    leave();
    waitUntil(() => {
      requireRunning();
      return load(words, WORD.finished) === size;
    });
  };

  /** Whether the ranks below `end`, other than this one, have reached a later barrier or have returned. */
  const areAhead = (end: number): boolean => {
    const own = load(words, WORD.barriers + rank);
    for (let other = 0; other < end; other++) {
      const isAhead = load(words, WORD.barriers + other) > own || load(words, WORD.places + other) === PLACE.returned;
      if (other !== rank && !isAhead) return false;
    }
    return true;
  };
  const lagBehind = (): void => {
    for (let looks = 0; looks < LAG_LOOKS; looks++) {
      const event = load(words, WORD.event);
      if (load(words, WORD.failed) !== 0 || areAhead(size)) return;
      wait(words, WORD.event, event, 0.1);
    }
  };

  const takeTurn = (): void => {
    if (!inTurns) return;
    waitUntil(() => {
      requireRunning();
      return areAhead(rank);
    });
    turnWatcher?.begin();
  };

  const publish = (): void => {
    try {
      ownArrays?.publish();
    } catch (error) {
      // Recorded before the member's own code can catch it.
      fail();
      throw error;
    }
  };

  const barrier = (): void => {
    turnWatcher?.end();
    publish();
    add(words, WORD.barriers + rank, 1);
    requireRunning();
    const generation = load(words, WORD.generation);
    if (add(words, WORD.arrived, 1) + 1 === size) {
      ownArrays?.commit();
      store(words, WORD.arrived, 0);
      add(words, WORD.generation, 1);
      signal();
    } else {
      store(words, WORD.places + rank, PLACE.atBarrier);
      // The next one's turn.
      if (inTurns) signal();
      waitUntil(() => {
        if (load(words, WORD.generation) !== generation) return true;
        requireRunning();
        requireOthers(generation);
        return false;
      });
      store(words, WORD.places + rank, PLACE.atWork);
    }
    ownArrays?.refresh();
    if (rank === straggler) lagBehind();
    takeTurn();
  };

  const share = (n: number): [number, number] => [floor((rank * n) / size), floor(((rank + 1) * n) / size)];

  const reduce = (partial: Real, total: Real): void => {
    const { length } = total;
    for (let start = 0; start < length; start += PIECE) {
      const n = min(PIECE, length - start);
      const own = pieces[rank];
      for (let i = 0; i < n; i++) own[i] = partial[start + i];
      barrier();
      const [begin, end] = share(n);
      for (let i = begin; i < end; i++) {
        let sum = 0;
        for (let r = 0; r < size; r++) sum += pieces[r][i];
        total[start + i] = sum;
      }
      barrier();
    }
  };

  return {
    team: freeze({ rank, size, share, barrier, reduce }),
    lagBehind,
    takeTurn,
    leave,
    join,
    fail,
  };
}

/** "rank 0 reached 2, rank 1 reached 3" */
function describeBarriers(words: Int32Array, size: number): string {
  const counts = Array.from({ length: size }, (_, rank) => load(words, WORD.barriers + rank));
  const reached = counts.map((count, rank) => `rank ${rank} reached ${count}`).join(', ');
  return `the members reached different numbers of barriers: ${reached}; every member must reach each one`;
}
