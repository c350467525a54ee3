import picocolors from 'picocolors';
import type { Advice, MutantOutcome, ProofReport } from '../../model/proofReport.ts';
import { adviceLines } from '../proof/adviceLines.ts';
import { placeOf } from '../proof/placeOf.ts';
import { count } from '../text/numbers.ts';
import { wrap } from '../text/wrap.ts';

const INDENT = 4;

/** The mutation score, and the survivors with their sources. */
export function renderProof(
  { assignment, totals, mutants, possible, suites, advice }: ProofReport,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const paint = picocolors.createColors(colour);
  const { killed, survived, equivalent, undecided, score } = totals;
  const facts = [
    `${killed} killed`,
    `${survived} survived`,
    `${equivalent} equivalent`,
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
  ];
  const survivors = mutants.filter(({ status }) => status === 'survived');
  const longest = Math.max(0, ...suites.map(({ file }) => file.length));
  return [
    paint.bold(`${assignment.id}: mutation score ${score.toFixed(1)} %`),
    ...wrap(`${mutants.length} of ${count(possible, 'mutant')} examined: ${facts.join(', ')}`, width),
    '',
    ...suites.map(
      ({ file, mutants: of, killed: by, alone }) =>
        `  ${file.padEnd(longest)}  kills ${by} of ${of}, ${alone} of them by itself`,
    ),
    ...survivors.flatMap((mutant) => ['', ...survivorLines(mutant, width, paint.dim)]),
    ...adviceBlock(advice, width),
    '',
  ].join('\n');
}

/** What would make the suites sharper, after an empty line; nothing if there is nothing to say. */
export function adviceBlock(advice: Advice, width: number): string[] {
  const lines = adviceLines(advice).flatMap((line) => wrap(line, width));
  return lines.length > 0 ? ['', ...lines] : [];
}

function survivorLines(mutant: MutantOutcome, width: number, dim: (text: string) => string): string[] {
  const { operator, was, becomes, search, reason } = mutant;
  const indentedBy = (indent: number, text: string) =>
    wrap(text, width - indent).map((line) => ' '.repeat(indent) + line);
  const indented = (text: string) => indentedBy(INDENT, text);
  return [
    ...indentedBy(2, `${placeOf(mutant)}: ${operator}`),
    ...indented(`- ${was}`).map(dim),
    ...indented(`+ ${becomes}`),
    ...(search?.difference === undefined ? [] : indented(`differs: ${search.difference}`)),
    ...(reason === undefined ? [] : indented(`not examined: ${reason}`)),
  ];
}
