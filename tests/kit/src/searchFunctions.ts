import fc from 'fast-check';
import type { ExaminedFunction } from './followsReference.ts';
import { randomData, type RandomData, unevenData, unusualData } from './randomData.ts';
import { searchDifference } from './searchDifference.ts';

type Sizes = Readonly<Record<string, number>>;

/** One in ten cases has some of the sizes of a large one, with whatever the suites combine them. */
const LARGE_WEIGHT = 1;
const SMALL_WEIGHT = 9;

const NUMBERS: Readonly<Record<string, (seed: number, shape: unknown) => RandomData>> = {
  ordinary: randomData,
  unusual: unusualData,
  uneven: unevenData,
};

/**
 * Declares the search of an assignment, for `grade prove --mutate`, from the functions that its suites examine: with
 * other combinations of sizes than the suites have, and with numbers of very different size in one array.
 *
 * @param functions - by name; the names are not used
 *
 * @example
 * ```ts
 * import * as functions from './functions.ts';
 *
 * searchFunctions(functions);
 * ```
 */
export function searchFunctions(functions: Readonly<Record<string, ExaminedFunction<Sizes>>>): void {
  const numbers = fc.constantFrom(...Object.keys(NUMBERS));
  const cases = Object.values(functions).map((examined) =>
    // What is named in the report of a difference is on top.
    fc
      .tuple(furtherSizes(examined), numbers)
      .map(([sizes, kind]) => ({ ...sizes, numbers: kind, of: { examined, sizes } })),
  );
  searchDifference(fc.oneof(...cases), ({ numbers: kind, of: { examined, sizes } }, seed) => [
    examined.call(sizes, NUMBERS[kind](seed, sizes)).call,
  ]);
}

const furtherSizes = ({ cases, large }: ExaminedFunction<Sizes>): fc.Arbitrary<Sizes> =>
  large.length === 0
    ? cases
    : fc.oneof(
        { weight: SMALL_WEIGHT, arbitrary: cases },
        { weight: LARGE_WEIGHT, arbitrary: fc.tuple(cases, fc.constantFrom(...large), fc.nat()).map(mixed) },
      );

/** @param bits - which of the sizes are those of the large case */
const mixed = ([small, large, bits]: [Sizes, Sizes, number]): Sizes =>
  Object.fromEntries(Object.entries(small).map(([name, size], i) => [name, (bits >> i) & 1 ? large[name] : size]));
