import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Lock, tryLock } from './lock.ts';

const RETRY_MS = 50;
/** Its holder gets the next lane. Without it, others could overtake a measurement that waits for all of them. */
const GATE = 'timing';

/** A lane for each core: a measurement that needs one core holds one lane, and a team's holds all. */
const lanes = (): string[] => Array.from({ length: availableParallelism() }, (_, lane) => `${GATE}-${lane}`);

/** Waits as long as necessary for one of this machine's lanes. */
export async function takeLane(): Promise<Lock> {
  const gate = await acquire([GATE]);
  try {
    return await acquire(lanes());
  } finally {
    gate.release();
  }
}

/** Waits as long as necessary until no other grading measures time, and keeps them from it. */
export async function takeMachine(): Promise<Lock> {
  const gate = await acquire([GATE]);
  try {
    const held: Lock[] = [];
    for (const lane of lanes()) held.push(await acquire([lane]));
    return { release: () => held.forEach((lane) => lane.release()) };
  } finally {
    gate.release();
  }
}

/** The first of these locks that becomes free. */
async function acquire(names: readonly string[]): Promise<Lock> {
  for (;;) {
    for (const name of names) {
      const lock = await tryLock(name);
      if (lock) return lock;
    }
    await sleep(RETRY_MS);
  }
}
