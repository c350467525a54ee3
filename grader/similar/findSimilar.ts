import { type Pair, type Similarity, SIMILARITY_VERSION, type Work } from '../model/similarity.ts';
import { clustersOf } from './clustersOf.ts';
import { compareWorks, type Comparison } from './compareWorks.ts';
import { givenGrams } from './givenGrams.ts';
import type { Group } from './openGroup.ts';
import { partsOf } from './partsOf.ts';
import { type RankedPair, rankPairs } from './rankPairs.ts';
import { comparable, type Reading, type ReadWork, readWorks } from './readWorks.ts';
import { graderVersion } from '../host/graderVersion.ts';

/** Pairs that are shown though none of them stands out, and pairs that are shown at most. */
const [LEAST_SHOWN, MOST_SHOWN] = [10, 100];

/**
 * Compares the works of a class with each other, and with those of corpora. Student code is parsed in the sandbox, and
 * never run.
 *
 * @param groups - the class, then the corpora
 * @throws MachineFault if the machine fails, and the reason of the signal if it is aborted
 */
export async function findSimilar(groups: readonly Group[], reading: Reading): Promise<Similarity> {
  const { assignment } = reading;
  const given = await givenGrams(reading);
  const { works, unread } = await readWorks(groups, reading);
  const classSize = works.filter(({ group }) => group === 0).length;
  const texts = works.map(({ tokens }) => tokens);
  const { deliverables, ignored } = compareWorks(texts, comparable(assignment), classSize, given);
  const ranked = rankPairs(deliverables);
  const standing = ranked.filter(({ standsOut }) => standsOut).length;
  const shown = ranked.slice(0, Math.min(MOST_SHOWN, Math.max(standing, LEAST_SHOWN)));
  const { id, title, version } = assignment;
  const clusters = clustersOf(ranked.filter(({ standsOut }) => standsOut));
  const leftOut = deliverables.flatMap(({ path, leftOut }) => leftOut.map((each) => ({ path, ...each })));
  const inPairs = shown.flatMap(({ first, second }) => [first, second]);
  const listed = [...new Set([...clusters.flat(), ...inPairs, ...leftOut.flatMap(({ works }) => works)])];
  const placeOf = new Map(listed.sort((a, b) => a - b).map((work, place) => [work, place]));
  const placesOf = (works: readonly number[]) => works.map((work) => placeOf.get(work)!);
  return {
    ...{ schema: 'im2grade/similarity', version: SIMILARITY_VERSION },
    ...{ assignment: { id, title, version }, grader: graderVersion(reading.toolchain.root) },
    groups: groups.map(({ name, members }) => ({ name, works: members.length })),
    deliverables: deliverables.map(withoutPairs),
    unread,
    leftOut: leftOut.map((each) => ({ ...each, works: placesOf(each.works) })),
    works: listed.map((work): Work => ({ name: works[work].member.name, group: works[work].group })),
    pairs: await withParts(shown, works, ignored, placeOf, reading.signal),
    more: Math.max(0, standing - MOST_SHOWN),
    clusters: clusters.map(placesOf),
  };
}

async function withParts(
  shown: readonly RankedPair[],
  works: readonly ReadWork[],
  ignored: ReadonlySet<number>,
  placeOf: ReadonlyMap<number, number>,
  signal: AbortSignal,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const pair of shown)
    pairs.push({
      ...{ first: placeOf.get(pair.first)!, second: placeOf.get(pair.second)! },
      ...{ similarity: pair.similarity, standsOut: pair.standsOut },
      parts: await partsOf(pair, works[pair.first], works[pair.second], ignored, signal),
    });
  return pairs;
}

const withoutPairs = ({ path, verdict, read, compared, typical }: Comparison) => ({
  ...{ path, verdict, read, compared },
  ...(typical !== undefined && { typical }),
});
