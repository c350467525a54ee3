import picocolors from 'picocolors';
import type { ComparedDeliverable, LeftOut, Pair, Similarity, Work } from '../../model/similarity.ts';
import { count, percent } from '../text/numbers.ts';
import { printableLine } from '../text/printable.ts';
import { cut, wrap } from '../text/wrap.ts';
import { LEFT_OUT, VERDICTS } from './deliverables.ts';
import { standingText } from './standingText.ts';

const [MOST_PAIRS, MOST_NAMES] = [20, 10];
const INDENT = '  ';

/**
 * Which submissions are alike, in a few lines: pairs, what is undecidable, and what could not be compared.
 *
 * @param options - `width` in terminal cells
 */
export function renderSimilarity(
  found: Similarity,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const paint = picocolors.createColors(colour);
  const { groups, pairs, works, more, clusters, deliverables, unread, leftOut } = found;
  const standing = pairs.filter(({ standsOut }) => standsOut);
  const [own, ...corpora] = groups;
  const beside = corpora.map(({ name, works }) => `, also with ${printableLine(name)} (${works})`).join('');
  const where = clusters.length === 0 ? '' : `, in ${count(clusters.length, 'group')}`;
  const facts = standingText(standing.length + more) + where;
  const left = standing.length + more - MOST_PAIRS;
  return [
    ...wrap(`${printableLine(own.name)}: ${count(own.works, 'submission')} compared${beside}; ${facts}`, width),
    ...wrap('This accuses nobody: it is a reason to read both submissions, and nothing more.', width).map(paint.yellow),
    ...standing.slice(0, MOST_PAIRS).map((pair) => pairLine(pair, works, groups, width)),
    ...(left > 0 ? [`${INDENT}and ${left} more`] : []),
    ...deliverables
      .filter(({ verdict, read }) => verdict !== 'compared' && read > 0)
      .flatMap((each) => indented(undecidable(each), width)),
    ...leftOut.flatMap((each) => indented(notJudged(each, works), width)),
    ...unread.flatMap(({ name, reason }) => indented(`${name}: not compared: ${reason}`, width)),
    '',
  ].join('\n');
}

function pairLine(
  { first, second, similarity, parts }: Pair,
  works: readonly Work[],
  groups: Similarity['groups'],
  width: number,
): string {
  const [one, other] = [first, second].map((place) => named(works[place], groups));
  const line = `${INDENT}${percent(similarity).padStart(7)}  ${one} and ${other}: ${parts[0].path}`;
  return cut(printableLine(line), width);
}

const named = ({ name, group }: Work, groups: Similarity['groups']): string =>
  group === 0 ? name : `${name} (${groups[group].name})`;

const undecidable = ({ path, verdict }: ComparedDeliverable): string => `${path}: ${VERDICTS[verdict]}`;

function notJudged({ path, reason, works: places }: LeftOut, works: readonly Work[]): string {
  const names = places.slice(0, MOST_NAMES).map((place) => works[place].name);
  const left = places.length - names.length;
  return `${path}: ${LEFT_OUT[reason]}: ${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

const indented = (text: string, width: number): string[] =>
  wrap(printableLine(text), width - 2 * INDENT.length).map(
    (line, at) => `${at === 0 ? INDENT : INDENT + INDENT}${line}`,
  );
