import type { Leaderboard, NamedRow } from '../../model/leaderboard.ts';
import { IdSystem } from '../../model/student.ts';
import { csvForExcel } from '../text/csv.ts';

/** What everybody may see, as a table. */
export const leaderboardCsv = ({ rows }: Leaderboard): string =>
  csvForExcel([
    ['place', 'pseudonym', 'value', 'within', 'bonus'],
    ...rows.map(({ place, pseudonym, value, within, bonus }) => [place ?? '', pseudonym, value, within, bonus]),
  ]);

/** Who is who, a row for each student: for those who grade only. */
export function leaderboardNamesCsv(named: readonly NamedRow[]): string {
  const systems = IdSystem.options.filter((system) =>
    named.some(({ students }) => students.some(({ ids }) => ids[system] !== undefined)),
  );
  const rows = named.flatMap(({ students, ...row }) =>
    students.map(({ name, email = '', ids }) => [
      ...[row.place ?? '', row.pseudonym, name, ...systems.map((system) => ids[system] ?? ''), email],
      ...[row.value?.value ?? '', row.value?.within ?? '', row.bonus, row.due, row.open],
    ]),
  );
  const head = ['place', 'pseudonym', 'name', ...systems, 'email', 'value', 'within', 'bonus', 'due', 'open'];
  return csvForExcel([head, ...rows]);
}
