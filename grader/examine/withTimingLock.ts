import { setTimeout as sleep } from 'node:timers/promises';
import { type Lock, tryLock } from '../host/lock.ts';

const RETRY_MS = 50;

/** Runs `work` while no other grading on this machine measures time; waits for its turn as long as necessary. */
export async function withTimingLock<T>(work: () => Promise<T>): Promise<T> {
  const lock = await acquire();
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function acquire(): Promise<Lock> {
  for (;;) {
    const lock = await tryLock('timing');
    if (lock) return lock;
    await sleep(RETRY_MS);
  }
}
