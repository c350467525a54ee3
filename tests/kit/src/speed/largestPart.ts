import type { Call, HeapRecord } from '@im2grade/grader/model/examination.ts';

/** An array of a network in the memory from which it is allocated, in numbers. */
export interface HeapPlace {
  readonly begin: number;
  readonly length: number;
}

/** Which arrays show who does a team's work. */
export interface TeamResults {
  /**
   * A call whose writers are recorded, with inputs that no process has seen. A submission must not be able to know it from a
   * timed one.
   *
   * @param index - 0, 1, …: the second may do more than the first, if who writes last might not be who did the work
   */
  recordedCall(repetition: number, index: number): Call;
  /** By what is computed, the arrays of the reference's network that hold it, one for each layer. */
  readonly places: Readonly<Record<string, readonly HeapPlace[]>>;
  /** Whether a number is the reference's, apart from rounding. */
  isClose(submission: number, reference: number): boolean;
}

/** Networks allocate arrays at the beginning of a cache line. */
const ALIGNMENT = 8;

/**
 * The largest part of what a team has computed that one member wrote: 0.5 if two did half each, 1 if one did everything.
 * Each kind of result counts the same, however many numbers it has.
 *
 * A result is found by its numbers, as a submission may allocate arrays of its own. A copy of it that was made in vain does
 * not count: of several arrays with the same numbers the one that is shared the least does. One that is not there was
 * passed on in some other way, by one member.
 *
 * @param isKnownWrong - if the numbers are not to be compared: then a result is in the reference's place
 *
 * @example
 * ```ts
 * const results: TeamResults = {
 *   recordedCall: (repetition) => squares(repetition),
 *   places: { squares: [{ begin: 0, length: 64 }] },
 *   isClose: (a, b) => a === b,
 * };
 * if (largestPart(results, own.heap!, reference.heap!) === 1) return credit(0, 'one member does everything');
 * ```
 */
export function largestPart(
  { places, isClose }: TeamResults,
  submission: HeapRecord,
  reference: HeapRecord,
  isKnownWrong = false,
): number {
  const isAt = (begin: number, place: HeapPlace): boolean => {
    if (isKnownWrong) return begin === place.begin;
    for (let i = 0; i < place.length; i++)
      if (!isClose(submission.numbers[begin + i], reference.numbers[place.begin + i])) return false;
    return true;
  };
  const ofArray = (place: HeapPlace): number => {
    const found: number[] = [];
    for (let begin = 0; begin + place.length <= submission.numbers.length; begin += ALIGNMENT)
      if (isAt(begin, place)) found.push(largestAmong(submission.writers.subarray(begin, begin + place.length)));
    return found.length === 0 ? 1 : Math.max(...found);
  };
  const ofKind = (layers: readonly HeapPlace[]): number =>
    sumOf(layers.map((place) => place.length * ofArray(place))) / sumOf(layers.map(({ length }) => length));
  return sumOf(Object.values(places).map(ofKind)) / Object.keys(places).length;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The largest part that one rank has of the numbers that were written; 1 if no member wrote any. */
function largestAmong(writers: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (const writer of writers) counts[writer]++;
  const written = counts.subarray(1);
  const all = sumOf([...written]);
  return all === 0 ? 1 : Math.max(...written) / all;
}
