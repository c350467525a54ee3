import type { PairPart } from '../model/similarity.ts';
import type { Submission } from '../model/submission.ts';
import { type CommonFragment, commonFragments, type Span } from './commonFragments.ts';
import type { Texts } from './compareWorks.ts';
import type { RankedPair } from './rankPairs.ts';
import type { ReadWork } from './readWorks.ts';

/** Of each deliverable of a pair. */
const MOST_FRAGMENTS = 4;
const [MOST_LINES, MOST_WIDTH] = [60, 300];

/** A part that two works have in common, and the deliverables that it is in. */
interface Found extends CommonFragment {
  /** Of the first work, and of the second. */
  readonly paths: readonly [string, string];
}

/**
 * The deliverables in which two works are alike, with the longest parts that either has in common with any deliverable of
 * the other, each once. The texts are read again: keeping those of a whole class would take too much memory.
 *
 * @param ignored - grams that say nothing
 */
export async function partsOf(
  { deliverables }: RankedPair,
  first: ReadWork,
  second: ReadWork,
  ignored: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<PairPart[]> {
  const [ours, theirs] = [await first.member.read(signal), await second.member.read(signal)];
  const sideOf = ({ files }: Submission, path: string, span: Span) => ({
    path,
    ...linesOf(files.get(path) ?? '', span),
  });
  let left = fragmentsOf(first.tokens, second.tokens, ignored);
  return deliverables.map(({ path, similarity }) => {
    const shown = left.filter(({ paths }) => paths.includes(path)).slice(0, MOST_FRAGMENTS);
    left = left.filter((fragment) => !shown.includes(fragment));
    const fragments = shown.map(({ tokens, paths, ...spans }) => ({
      tokens,
      first: sideOf(ours, paths[0], spans.first),
      second: sideOf(theirs, paths[1], spans.second),
    }));
    return { path, similarity, fragments };
  });
}

/** What any two deliverables of two works have in common, the longest first. */
function fragmentsOf(ours: Texts, theirs: Texts, ignored: ReadonlySet<number>): Found[] {
  const found: Found[] = [];
  for (const [path, tokens] of ours)
    for (const [other, others] of theirs)
      for (const fragment of commonFragments(tokens, others, ignored, MOST_FRAGMENTS))
        found.push({ ...fragment, paths: [path, other] });
  return joined(found).sort((a, b) => b.tokens - a.tokens);
}

/**
 * The canonical form has another order than the text, so that parts which share no token may be about the same lines: such
 * parts are one.
 */
function joined(fragments: readonly Found[]): Found[] {
  const apart: Found[] = [];
  for (const each of fragments) {
    let whole = each;
    for (;;) {
      const at = apart.findIndex((other) => isAboutSame(whole, other));
      if (at < 0) break;
      whole = both(whole, apart.splice(at, 1)[0]);
    }
    apart.push(whole);
  }
  return apart;
}

const isAboutSame = (a: Found, b: Found): boolean =>
  a.paths.join('\n') === b.paths.join('\n') && overlap(a.first, b.first) && overlap(a.second, b.second);

const overlap = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

const around = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });

const both = (a: Found, b: Found): Found => ({
  tokens: a.tokens + b.tokens,
  paths: a.paths,
  first: around(a.first, b.first),
  second: around(a.second, b.second),
});

/** The whole lines of a part of a text, cut if there are very many, or if they are very long. */
function linesOf(text: string, { start, end }: Span) {
  const line = text.slice(0, start).split('\n').length;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  const lines = text.slice(from, to < 0 ? undefined : to).split('\n');
  const shown = lines
    .slice(0, MOST_LINES)
    .map((each) => (each.length > MOST_WIDTH ? `${each.slice(0, MOST_WIDTH)}…` : each));
  return { line, text: [...shown, ...(lines.length > MOST_LINES ? ['…'] : [])].join('\n') };
}
