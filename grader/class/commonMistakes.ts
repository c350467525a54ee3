import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readYaml } from '../assignments/readYaml.ts';
import { groupBy } from '../common/groupBy.ts';
import type { ClassMistake, ClassReport, ClassRow } from '../model/classReport.ts';

/** How a mutant of the assignment describes its mistake. */
const KnownMistake = z.object({ about: z.string(), loses: z.array(z.string()) });
export type KnownMistake = z.infer<typeof KnownMistake>;

/**
 * The labels of an assignment's mutants; empty if its tests were shipped without them.
 *
 * @throws UsageError with file and line of a label that cannot be read
 */
export function readKnownMistakes(tests: string): KnownMistake[] {
  const folder = join(tests, 'mutants');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readYaml(join(folder, file), KnownMistake));
}

/**
 * Groups submissions by the set of correctness criteria that they failed, the largest group first. Each group is named
 * by the known mistakes whose label is that very set, and by the likely causes of its counterexamples. A criterion that
 * was not attempted is not a mistake.
 */
export function commonMistakes(
  criteria: ClassReport['criteria'],
  rows: readonly ClassRow[],
  known: readonly KnownMistake[],
): ClassMistake[] {
  const examined = criteria.filter(({ kind }) => kind === 'correctness').map(({ id }) => id);
  const labelOf = (isLost: (id: string) => boolean) => examined.filter(isLost).join(' ');
  const named = groupBy(known, ({ loses }) => labelOf((id) => loses.includes(id)));
  const places = groupBy(rows.keys(), (place) => labelOf((id) => isWrong(rows[place], id)));
  places.delete('');
  return [...places]
    .map(([label, group]) => ({
      loses: label.split(' '),
      causes: causesOf(group.map((place) => rows[place])),
      known: (named.get(label) ?? []).map(({ about }) => about),
      rows: group,
    }))
    .sort((a, b) => b.rows.length - a.rows.length);
}

/** The likely causes in a group, each counted once for each submission. */
function causesOf(rows: readonly ClassRow[]): ClassMistake['causes'] {
  const named = rows.flatMap((row) => [
    ...new Set(Object.keys(row.criteria).flatMap((id) => (isWrong(row, id) ? (row.criteria[id].cause ?? []) : []))),
  ]);
  return [...groupBy(named, (cause) => cause)]
    .map(([cause, group]) => ({ cause, rows: group.length }))
    .sort((a, b) => b.rows - a.rows);
}

function isWrong({ criteria }: ClassRow, id: string): boolean {
  const status = criteria[id]?.status;
  return status === 'failed' || status === 'partial';
}
