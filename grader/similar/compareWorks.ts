import { median } from '../common/median.ts';
import type { ComparedDeliverable } from '../model/similarity.ts';
import { fingerprintsOf, gramsOf } from './fingerprints.ts';

/** What is compared of a work: the tokens of its deliverables that can be read, by path. */
export type Texts = ReadonlyMap<string, Int32Array>;

/** Two works that are alike in a deliverable. */
interface Alike {
  /** A place in the class, and a greater place in the class or one in a corpus. */
  readonly first: number;
  readonly second: number;
  readonly similarity: number;
}

/** What came of comparing one deliverable of all works. */
export interface Comparison extends ComparedDeliverable {
  readonly alike: readonly Alike[];
}

/** What came of comparing works. */
interface Compared {
  readonly deliverables: readonly Comparison[];
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

/** Fingerprints; undefined if there is no text. */
type Prints = Int32Array | undefined;

/**
 * Compares the works of a class with each other, and with those of corpora, deliverable by deliverable. The similarity of
 * two texts is the share of their fingerprints that both have (Dice) or, if that is more, the share of the longer one's that
 * is anywhere in the other work: some of a copy may have moved into another deliverable. Given code and what more than half
 * of the class has are left out.
 *
 * @param works - first those of the class, then those of the corpora
 * @param paths - of the deliverables
 * @param classSize - the number of the class's works
 * @param given - grams of given code
 */
export function compareWorks(
  works: readonly Texts[],
  paths: readonly string[],
  classSize: number,
  given: ReadonlySet<number>,
): Compared {
  const all = paths.map((path) => works.map((texts): Prints => printsOf(texts.get(path))));
  const whole = works.map((_, work) => union(all.map((texts) => texts[work])));
  const common = [...all, whole].flatMap((texts) => commonIn(texts.slice(0, classSize)));
  const ignored = new Set([...given, ...common]);
  const withoutIgnored = (prints: Prints) => prints?.filter((print) => !ignored.has(print));
  const owners = ownersOf(whole.map(withoutIgnored));
  const deliverables = paths.map((path, at) => compareOne(path, all[at].map(withoutIgnored), owners, classSize));
  return { deliverables, ignored };
}

const printsOf = (tokens: Int32Array | undefined): Prints => tokens && fingerprintsOf(gramsOf(tokens));

function union(texts: readonly Prints[]): Prints {
  const there = texts.filter((prints) => prints !== undefined);
  return there.length === 0 ? undefined : Int32Array.from(new Set(there.flatMap((prints) => [...prints])));
}

/** The fingerprints that more than half of a class has. */
function commonIn(texts: readonly Prints[]): number[] {
  const read = texts.filter((prints) => prints !== undefined);
  if (read.length < LEAST_CLASS) return [];
  const times = new Map<number, number>();
  for (const prints of read) for (const print of prints) times.set(print, (times.get(print) ?? 0) + 1);
  return [...times].filter(([, count]) => count > read.length / 2).map(([print]) => print);
}

/** The works that have a fingerprint in any deliverable. */
type Owners = ReadonlyMap<number, readonly number[]>;

function ownersOf(works: readonly Prints[]): Owners {
  const owners = new Map<number, number[]>();
  works.forEach((prints, work) => {
    for (const print of prints ?? []) {
      const list = owners.get(print);
      if (list) list.push(work);
      else owners.set(print, [work]);
    }
  });
  return owners;
}

/** @param own - the fingerprints of the deliverable that are not ignored */
function compareOne(path: string, own: readonly Prints[], owners: Owners, classSize: number): Comparison {
  const isEnough = own.map((prints) => (prints?.length ?? 0) >= LEAST_OWN);
  const alike: Alike[] = [];
  const inClass: number[] = [];
  let pairs = 0;
  for (const pair of pairsOf(own, owners, classSize)) {
    pairs++;
    if (pair.second < classSize && isEnough[pair.first] && isEnough[pair.second]) inClass.push(pair.similarity);
    if (pair.similarity >= LEAST_ALIKE) alike.push(pair);
  }
  const [read, compared] = [own, isEnough].map((each) => each.filter(Boolean).length);
  const verdict =
    pairs === 0 ? 'too-short' : isTooAlike(inClass, isEnough.slice(0, classSize)) ? 'too-alike' : 'compared';
  return {
    ...{ path, verdict, read, compared },
    ...(inClass.length > 0 && { typical: median(inClass) }),
    alike: verdict === 'compared' ? alike : [],
  };
}

function isTooAlike(similarities: readonly number[], isEnough: readonly boolean[]): boolean {
  if (isEnough.filter(Boolean).length < LEAST_CLASS) return false;
  return similarities.filter((each) => each >= STANDS_OUT).length > similarities.length * MOST_ALIKE;
}

/**
 * All pairs of works, of which at least one is of the class, that have enough code of their own in both texts together: one
 * of them may have moved all of it into another deliverable.
 */
function* pairsOf(own: readonly Prints[], owners: Owners, classSize: number): Generator<Alike> {
  const lengths = own.map((prints) => prints?.length ?? 0);
  const isLonger = (work: number, other: number) =>
    lengths[work] > lengths[other] || (lengths[work] === lengths[other] && work < other);
  const twice = sharedPrints(own, ownersOf(own), classSize, () => true);
  const ofLonger = sharedPrints(own, owners, classSize, isLonger);
  for (let first = 0; first < classSize; first++)
    for (let second = first + 1; second < own.length; second++) {
      const [at, both] = [first * own.length + second, lengths[first] + lengths[second]];
      if (both < 2 * LEAST_OWN) continue;
      const similarity = Math.max(twice[at] / both, ofLonger[at] / Math.max(lengths[first], lengths[second]));
      yield { first, second, similarity };
    }
}

/**
 * For each work of the class and each after it, how many fingerprints of their texts the other one owns.
 *
 * @param counts - whether those of a work that another one owns are counted
 */
function sharedPrints(
  own: readonly Prints[],
  owners: Owners,
  classSize: number,
  counts: (work: number, other: number) => boolean,
): Uint16Array {
  const shared = new Uint16Array(classSize * own.length);
  own.forEach((prints, work) => {
    for (const print of prints ?? [])
      for (const other of owners.get(print) ?? []) {
        if (work >= classSize && other >= classSize) break;
        if (other !== work && counts(work, other)) shared[Math.min(work, other) * own.length + Math.max(work, other)]++;
      }
  });
  return shared;
}
