import picocolors from 'picocolors';
import stringWidth from 'string-width';
import type { Assignment, Criterion } from '../../model/assignment.ts';
import { points } from '../text/numbers.ts';
import { wrap } from '../text/wrap.ts';

interface Style {
  readonly width: number;
  readonly colour: boolean;
}

/** The rubric with everything that a grader reads in it: a row for each criterion, under its group. */
export function renderRubric({ id, title, version, rubric }: Assignment, { width, colour }: Style): string {
  const paint = picocolors.createColors(colour);
  return [
    paint.bold(`${id} version ${version}: ${title}`),
    ...rubric.flatMap(({ group, part, criteria }) => [
      '',
      paint.bold(part === undefined ? group : `${part} · ${group}`),
      ...criteria.flatMap((criterion) => rowOf(criterion, width, paint.dim)),
    ]),
    '',
  ].join('\n');
}

const INDENT = 4;

function rowOf(criterion: Criterion, width: number, dim: (text: string) => string): string[] {
  const { id, title, asks, kind, visibility, bonus, needs, beside, notMeasurable } = criterion;
  const worth = `${bonus ? '+' : ''}${points(criterion.points)}`;
  const facts = [
    kind,
    visibility,
    ...(needs.length > 0 ? [`needs ${needs.join(', ')}`] : []),
    ...(beside.length > 0 ? [`beside ${beside.join(', ')}`] : []),
    ...(notMeasurable === undefined ? [] : [`not measurable: ${notMeasurable}`]),
  ];
  const indented = (text: string) => wrap(text, width - INDENT).map((line) => ' '.repeat(INDENT) + line);
  return [
    `  ${id}${' '.repeat(Math.max(1, width - 2 - stringWidth(id) - stringWidth(worth)))}${worth}`,
    ...indented(title),
    ...(asks === title ? [] : indented(asks).map(dim)),
    ...indented(facts.join(' · ')).map(dim),
  ];
}
