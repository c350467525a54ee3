import { type Comparison, STANDS_OUT } from './compareWorks.ts';

/** Two works and the deliverables in which they are alike. */
export interface RankedPair {
  readonly first: number;
  readonly second: number;
  /** Of the deliverable that is most alike. */
  readonly similarity: number;
  readonly standsOut: boolean;
  /** By path, the most alike first. */
  readonly deliverables: readonly { readonly path: string; readonly similarity: number }[];
}

/** Pairs of works by what is most alike in any deliverable: somebody may have copied a single file. */
export function rankPairs(comparisons: readonly Pick<Comparison, 'path' | 'alike'>[]): RankedPair[] {
  const pairs = new Map<
    string,
    { first: number; second: number; deliverables: { path: string; similarity: number }[] }
  >();
  for (const { path, alike } of comparisons)
    for (const { first, second, similarity } of alike) {
      const key = `${first} ${second}`;
      const pair = pairs.get(key) ?? { first, second, deliverables: [] };
      pair.deliverables.push({ path, similarity });
      pairs.set(key, pair);
    }
  return [...pairs.values()]
    .map(({ first, second, deliverables }) => {
      const sorted = deliverables.sort((a, b) => b.similarity - a.similarity);
      const [{ similarity }] = sorted;
      return { first, second, similarity, standsOut: similarity >= STANDS_OUT, deliverables: sorted };
    })
    .sort((a, b) => b.similarity - a.similarity || sum(b) - sum(a) || a.first - b.first || a.second - b.second);
}

/** Of two pairs that are equally alike in one deliverable, the other deliverables decide. */
const sum = ({ deliverables }: Pick<RankedPair, 'deliverables'>): number =>
  deliverables.reduce((total, { similarity }) => total + similarity, 0);
