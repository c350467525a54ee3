import { median } from '../common/median.ts';
import type { ComparedDeliverable } from '../model/similarity.ts';
import { fingerprintsOf, gramsOf } from './fingerprints.ts';

/** What is compared of a work: the tokens of one deliverable; undefined if it has none that can be read. */
export type Tokens = Int32Array | undefined;

/** Two works that are alike in this deliverable. */
interface Alike {
  /** A place in the class, and a greater place in the class or one in a corpus. */
  readonly first: number;
  readonly second: number;
  readonly similarity: number;
}

export interface Comparison extends Omit<ComparedDeliverable, 'path'> {
  readonly alike: readonly Alike[];
  /** Grams that say nothing: of given code, or shared by most of the class. */
  readonly ignored: ReadonlySet<number>;
}

/** A pair that is at least this much alike stands out. Independent solutions are not, even if half of one is a copy. */
export const STANDS_OUT = 0.65;
/** Less alike is not worth a look. */
const LEAST_ALIKE = 0.2;
/** Fingerprints of its own that a text needs: with fewer, anybody's is like anybody's. About fifty tokens. */
const LEAST_OWN = 20;
/** In a smaller class nothing is common. */
const LEAST_CLASS = 6;
/** If a larger share of the class's pairs stands out, none does. */
const MOST_ALIKE = 1 / 4;

/**
 * Compares one deliverable of the works of a class with each other, and with those of corpora: the similarity of two is
 * the share of their fingerprints that both have (Dice). Given code and what more than half of the class has are left out.
 *
 * @param works - first those of the class, then those of the corpora
 * @param classSize - the number of the class's works
 * @param given - grams of given code
 */
export function compareDeliverable(
  works: readonly Tokens[],
  classSize: number,
  given: ReadonlySet<number>,
): Comparison {
  const all = works.map((tokens) => tokens && fingerprintsOf(gramsOf(tokens)));
  const ignored = new Set([...given, ...commonIn(all.slice(0, classSize))]);
  const own = all.map((prints) => prints?.filter((print) => !ignored.has(print)));
  const isEnough = own.map((prints) => prints !== undefined && prints.length >= LEAST_OWN);
  const alike: Alike[] = [];
  const inClass: number[] = [];
  for (const pair of pairsOf(own, isEnough, classSize)) {
    if (pair.second < classSize) inClass.push(pair.similarity);
    if (pair.similarity >= LEAST_ALIKE) alike.push(pair);
  }
  const [read, compared] = [own, isEnough].map((each) => each.filter(Boolean).length);
  const verdict =
    compared < 2 ? 'too-short' : isTooAlike(inClass, isEnough.slice(0, classSize)) ? 'too-alike' : 'compared';
  return {
    ...{ verdict, read, compared, ignored },
    ...(inClass.length > 0 && { typical: median(inClass) }),
    alike: verdict === 'compared' ? alike : [],
  };
}

/** The fingerprints that more than half of a class has. */
function commonIn(works: readonly Tokens[]): number[] {
  const read = works.filter((prints) => prints !== undefined);
  if (read.length < LEAST_CLASS) return [];
  const times = new Map<number, number>();
  for (const prints of read) for (const print of prints) times.set(print, (times.get(print) ?? 0) + 1);
  return [...times].filter(([, count]) => count > read.length / 2).map(([print]) => print);
}

function isTooAlike(similarities: readonly number[], isEnough: readonly boolean[]): boolean {
  if (isEnough.filter(Boolean).length < LEAST_CLASS) return false;
  return similarities.filter((each) => each >= STANDS_OUT).length > similarities.length * MOST_ALIKE;
}

/** All pairs of works with enough code of their own, of which at least one is of the class. */
function* pairsOf(own: readonly Tokens[], isEnough: readonly boolean[], classSize: number): Generator<Alike> {
  const shared = sharedPrints(own, isEnough, classSize);
  for (let first = 0; first < classSize; first++)
    for (let second = first + 1; second < own.length; second++)
      if (isEnough[first] && isEnough[second]) {
        const both = shared[first * own.length + second];
        yield { first, second, similarity: (2 * both) / (own[first]!.length + own[second]!.length) };
      }
}

/** For each work of the class, how many fingerprints it shares with each work after it. */
function sharedPrints(own: readonly Tokens[], isEnough: readonly boolean[], classSize: number): Uint16Array {
  const owners = new Map<number, number[]>();
  own.forEach((prints, work) => {
    if (isEnough[work]) for (const print of prints!) push(owners, print, work);
  });
  const shared = new Uint16Array(classSize * own.length);
  for (const works of owners.values())
    for (let i = 0; i < works.length && works[i] < classSize; i++)
      for (let j = i + 1; j < works.length; j++) shared[works[i] * own.length + works[j]]++;
  return shared;
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
