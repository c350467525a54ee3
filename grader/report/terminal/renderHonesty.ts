import picocolors from 'picocolors';
import { groupBy } from '../../common/groupBy.ts';
import type { HonestyReport } from '../../model/honestyReport.ts';
import { count } from '../text/numbers.ts';
import { printable } from '../text/printable.ts';
import { wrap } from '../text/wrap.ts';
import { adviceBlock } from './renderProof.ts';

/** What was checked, by group, and what does not hold. */
export function renderHonesty(
  { assignment, checks, mutation }: HonestyReport,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const paint = picocolors.createColors(colour);
  const groups = [...groupBy(checks, ({ group }) => group)];
  const longest = Math.max(...groups.map(([group]) => group.length));
  const broken = checks.filter(({ problems }) => problems.length > 0);
  const verdict =
    broken.length === 0
      ? `${count(checks.length, 'check')} hold`
      : `${broken.length} of ${count(checks.length, 'check')} fail`;
  return [
    paint.bold(`${assignment.id}: ${verdict}`),
    '',
    ...groups.flatMap(([group, all]) => {
      const failed = all.filter(({ problems }) => problems.length > 0);
      const mark = failed.length === 0 ? paint.green('✓') : paint.red('✗');
      const what = all.length === 1 ? all[0].name : `${all.length - failed.length} of ${all.length}`;
      return [
        ...hanging(`${mark} ${group.padEnd(longest)}  ${what}`, longest + 4, width),
        ...failed.flatMap(({ name, problems }) => [
          ...(all.length === 1 ? [] : hanging(`    ${name}`, 4, width)),
          ...problems.flatMap((problem) => hanging(`      ${printable(problem)}`, 8, width)),
        ]),
      ];
    }),
    ...(mutation ? mutationLines(mutation, width) : []),
    '',
  ].join('\n');
}

/** The mutation score of a sample, and what would raise it. */
function mutationLines({ totals, possible, advice }: NonNullable<HonestyReport['mutation']>, width: number): string[] {
  const examined = totals.killed + totals.survived + totals.equivalent + totals.undecided;
  const score = `Mutation score ${totals.score.toFixed(1)} % on ${examined} of ${count(possible, 'mutant')}`;
  return ['', score, ...adviceBlock(advice, width)];
}

const hanging = (text: string, indent: number, width: number): string[] => {
  const [first, ...rest] = wrap(text.trimStart(), width - indent);
  const before = text.length - text.trimStart().length;
  return [' '.repeat(before) + first, ...rest.map((line) => ' '.repeat(indent) + line)];
};
