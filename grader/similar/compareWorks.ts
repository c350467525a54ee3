import { median } from '../common/median.ts';
import type { ComparedDeliverable, LeftOut } from '../model/similarity.ts';
import { clustersOf } from './clustersOf.ts';
import { commonIn, LEAST_CLASS } from './commonIn.ts';
import { type Prints, printsOf, union } from './prints.ts';

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
  /** Places of works whose likeness is not judged. */
  readonly leftOut: readonly Pick<LeftOut, 'reason' | 'works'>[];
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

/**
 * Compares the works of a class with each other, and with those of corpora, deliverable by deliverable. The similarity of
 * two texts is the share of their fingerprints that both have (Dice) or, if that is more, the share of the longer one's that
 * is anywhere in the other work: some of a copy may have moved into another deliverable. Given code and what most of the
 * class has are left out.
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
  const common = new Set([...all, whole].flatMap((texts) => commonIn(texts.slice(0, classSize))));
  const ignored = new Set([...given, ...common]);
  // What most of the class has says something if a corpus has it, too, unless most of the corpora's works have it.
  const ignoredBeside = new Set([...given, ...commonIn(whole.slice(classSize))]);
  const owners = ownersOf(whole.map(without(ignored)));
  const corpora = whole.map(without(ignoredBeside)).slice(classSize);
  const deliverables = paths.map((path, at) => {
    const compared = compareOne(path, all[at].map(without(ignored)), owners, classSize);
    const works = mostlyCommon(all[at].slice(0, classSize), given, common);
    const beside = besideCorpora(works, all[at].map(without(ignoredBeside)), corpora);
    const others = compared.alike.filter(({ first, second }) => second < classSize || !works.includes(first));
    const judged = { ...compared, alike: [...others, ...beside] };
    return { ...judged, leftOut: notJudged(judged, works) };
  });
  const inCorpora = new Set(corpora.flatMap((prints) => [...(prints ?? [])]));
  return { deliverables, ignored: new Set([...ignored].filter((print) => !inCorpora.has(print))) };
}

const without =
  (ignored: ReadonlySet<number>) =>
  (prints: Prints): Prints =>
    prints?.filter((print) => !ignored.has(print));

/**
 * Works of which most is common are alike with those of a corpus in just that.
 *
 * @param works - places in the class
 * @param texts - of all works, those of the corpora last
 * @param corpora - the works of the corpora, each as one text
 */
function besideCorpora(works: readonly number[], texts: readonly Prints[], corpora: readonly Prints[]): Alike[] {
  const classSize = texts.length - corpora.length;
  return works.flatMap((first) =>
    corpora.flatMap((whole, at) => {
      const [second, own] = [classSize + at, texts[first] ?? []];
      if (own.length < LEAST_OWN) return [];
      const [there, theirs] = [new Set(whole), new Set(texts[second])];
      const twice = 2 * own.filter((print) => theirs.has(print)).length;
      const ofOwn = own.length >= theirs.size ? own.filter((print) => there.has(print)).length / own.length : 0;
      const similarity = Math.max(twice / (own.length + theirs.size), ofOwn);
      return similarity >= LEAST_ALIKE ? [{ first, second, similarity }] : [];
    }),
  );
}

/** The works whose texts would stand out beside each other if what most of the class has did count. */
const mostlyCommon = (texts: readonly Prints[], given: ReadonlySet<number>, common: ReadonlySet<number>): number[] =>
  [...texts.keys()].filter((work) => {
    const own = texts[work]?.filter((print) => !given.has(print)) ?? [];
    return own.length >= LEAST_OWN && own.filter((print) => common.has(print)).length >= STANDS_OUT * own.length;
  });

/** The works that are alike and in no pair that stands out, each once. */
function notJudged({ alike, leftOut }: Comparison, common: readonly number[]): Comparison['leftOut'] {
  const standing = alike.filter(({ similarity }) => similarity >= STANDS_OUT);
  const done = new Set(standing.flatMap(({ first, second }) => [first, second]));
  return [...leftOut, { reason: 'common' as const, works: common }].flatMap(({ reason, works }) => {
    const left = works.filter((work) => !done.has(work));
    for (const work of left) done.add(work);
    return left.length === 0 ? [] : [{ reason, works: left }];
  });
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
  const inClass: Alike[] = [];
  let pairs = 0;
  for (const pair of pairsOf(own, owners, classSize)) {
    pairs++;
    if (pair.second < classSize && isEnough[pair.first] && isEnough[pair.second]) inClass.push(pair);
    if (pair.similarity >= LEAST_ALIKE) alike.push(pair);
  }
  const [read, compared] = [own, isEnough].map((each) => each.filter(Boolean).length);
  const standing = inClass.filter(({ similarity }) => similarity >= STANDS_OUT);
  const isUndecidable = isTooAlike(standing.length, isEnough.slice(0, classSize).filter(Boolean).length);
  return {
    ...{ path, read, compared },
    verdict: pairs === 0 ? 'too-short' : isUndecidable ? 'too-alike' : 'compared',
    ...(inClass.length > 0 && { typical: median(inClass.map(({ similarity }) => similarity)) }),
    // That most of the class is alike does not explain why someone is like a corpus.
    alike: isUndecidable ? alike.filter(({ second }) => second >= classSize) : alike,
    leftOut: isUndecidable ? clustersOf(standing).map((works) => ({ reason: 'too-alike', works })) : [],
  };
}

/**
 * Whether a work is like half of the class or more, itself included, on average: the exercise can be solved in one or two
 * ways. Two copied solutions among others are far from it.
 *
 * @param standing - pairs that stand out
 */
const isTooAlike = (standing: number, works: number): boolean =>
  works >= LEAST_CLASS && 2 * standing + works >= works ** 2 / 2;

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
