import { selectCriteria } from '../grade/selectCriteria.ts';
import { criteriaOf } from '../model/assignment.ts';
import { CLASS_REPORT_VERSION, type ClassReport, type ClassRow } from '../model/classReport.ts';
import { commonMistakes, type KnownMistake } from './commonMistakes.ts';
import type { ClassOptions } from './gradeClass.ts';
import { graderVersion } from '../host/graderVersion.ts';

/** The report of a class from the rows of everybody in it. */
export function classReportOf(
  { root, assignment, seed, only }: Pick<ClassOptions, 'root' | 'assignment' | 'seed' | 'only'>,
  rows: ClassRow[],
  known: readonly KnownMistake[],
): ClassReport {
  const { id, title, version } = assignment;
  const selected = new Set(selectCriteria(assignment, only));
  const criteria = criteriaOf(assignment)
    .filter((criterion) => selected.has(criterion.id))
    .map(({ id, title, kind, points, bonus }) => ({ id, title, kind, points, bonus }));
  return {
    schema: 'im2grade/class-report',
    version: CLASS_REPORT_VERSION,
    assignment: { id, title, version },
    grader: graderVersion(root),
    seed,
    only: [...only],
    criteria,
    rows,
    mistakes: commonMistakes(criteria, rows, known),
  };
}
