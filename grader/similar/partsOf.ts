import type { PairPart } from '../model/similarity.ts';
import { commonFragments } from './commonFragments.ts';
import type { Comparison } from './compareDeliverable.ts';
import type { RankedPair } from './rankPairs.ts';
import type { ReadWork } from './readWorks.ts';

/** Of each deliverable of a pair. */
const MOST_FRAGMENTS = 4;
const [MOST_LINES, MOST_WIDTH] = [60, 300];

/**
 * The deliverables in which two works are alike, with the longest parts that both have. The texts are read again: keeping
 * those of a whole class would take too much memory.
 */
export async function partsOf(
  { deliverables }: RankedPair,
  first: ReadWork,
  second: ReadWork,
  comparisons: readonly (Pick<Comparison, 'ignored'> & { readonly path: string })[],
  signal: AbortSignal,
): Promise<PairPart[]> {
  const [ours, theirs] = [await first.member.read(signal), await second.member.read(signal)];
  return deliverables.map(({ path, similarity }) => {
    const { ignored } = comparisons.find((each) => each.path === path)!;
    const [one, other] = [ours.files.get(path) ?? '', theirs.files.get(path) ?? ''];
    const found = commonFragments(first.tokens.get(path)!, second.tokens.get(path)!, ignored, MOST_FRAGMENTS);
    return {
      path,
      similarity,
      fragments: found.map((fragment) => ({
        tokens: fragment.tokens,
        first: linesOf(one, fragment.first),
        second: linesOf(other, fragment.second),
      })),
    };
  });
}

/** The whole lines of a part of a text, cut if there are very many, or if they are very long. */
function linesOf(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  const line = text.slice(0, start).split('\n').length;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  const lines = text.slice(from, to < 0 ? undefined : to).split('\n');
  const shown = lines
    .slice(0, MOST_LINES)
    .map((each) => (each.length > MOST_WIDTH ? `${each.slice(0, MOST_WIDTH)}…` : each));
  return { line, text: [...shown, ...(lines.length > MOST_LINES ? ['…'] : [])].join('\n') };
}
