import type { Real } from '@im2grade/engine';
import { type Axis, coordinates } from './axes.ts';

/** The first wrong element. */
export interface Difference {
  readonly index: number;
  readonly expected: number;
  readonly got: number;
}

/**
 * Compares two arrays of one shape; stops at the first wrong element.
 *
 * @param isEqual - judges one element; `===` when left out: −0 equals 0, and NaN equals nothing
 */
export function firstDifference(
  got: Real,
  expected: Real,
  isEqual: (got: number, expected: number, index: number) => boolean = (a, b) => a === b,
): Difference | undefined {
  for (let index = 0; index < expected.length; index++) {
    if (!isEqual(got[index], expected[index], index)) return { index, expected: expected[index], got: got[index] };
  }
  return undefined;
}

/** `first wrong element OUT[b=0, oy=1, …]: expected 2, got 0`. */
export const describeDifference = ({ index, expected, got }: Difference, name: string, axes: readonly Axis[]): string =>
  `first wrong element ${name}[${coordinates(index, axes)}]: expected ${expected}, got ${got}`;
