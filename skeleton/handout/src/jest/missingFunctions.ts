import type { MissingFunction, TestResult } from './readResults.ts';

/** A function that is not written yet, and the number of tests that wait for it. */
export interface WaitedFor extends MissingFunction {
  readonly waiting: number;
}

/** The functions that tests wait for, in the order of the tests. */
export function missingFunctions(tests: readonly TestResult[]): WaitedFor[] {
  const found = new Map<string, WaitedFor>();
  for (const { missing } of tests) {
    if (!missing) continue;
    const { waiting = 0, place, ...before } = found.get(missing.name) ?? {};
    // Another thread's error has no place.
    found.set(missing.name, { ...missing, ...before, place: place ?? missing.place, waiting: waiting + 1 });
  }
  return [...found.values()];
}
