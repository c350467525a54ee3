import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { UsageError } from '../../model/errors.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { totalsLine } from '../../report/text/totals.ts';
import type { Gradebook, GradebookRow } from '../../gradebook/Gradebook.ts';

const MAXIMUM = 'Maximum grade';
const FEEDBACK = 'Feedback comments';

export interface FilledWorksheet {
  readonly text: string;
  /** Names of the submissions that match no participant of the worksheet. */
  readonly unmatched: readonly string[];
}

/**
 * Fills the grades into an offline grading worksheet that was downloaded from Moodle
 * (https://github.com/moodle/moodle/blob/main/mod/assign/feedback/offline/importgradeslib.php). All other cells are
 * kept: Moodle finds columns by their localised names, students by `Participant <n>`, and conflicts by the time of the
 * last change, so a worksheet can be filled in but not created. Points above the maximum would be refused and are cut
 * to it.
 *
 * @param gradeColumn - the name of the grade column in the language of the worksheet
 * @throws UsageError if it is not such a worksheet, its maximum differs, or no submission matches a participant
 */
export function fillMoodle(worksheet: string, gradebook: Gradebook, gradeColumn = 'Grade'): FilledWorksheet {
  const [header, ...students] = cellsOf(worksheet);
  const column = (name: string): number => header?.indexOf(name) ?? -1;
  const grade = column(gradeColumn);
  if (!header || grade < 0) {
    throw new UsageError(
      `the worksheet has no column "${gradeColumn}"; it has: ${header?.join(', ') || 'none'}. Name it with --grade-column`,
    );
  }
  const matched = new Map(gradebook.rows.map((row) => [row, studentOf(row, students)]));
  const unmatched = gradebook.rows.filter((row) => !matched.get(row)).map(({ name }) => name);
  if (unmatched.length === gradebook.rows.length)
    throw new UsageError(`${unmatched[0]} does not match any participant of the worksheet; is it for this assignment?`);
  requireOneEach(matched);
  for (const [row, student] of matched) if (student) fillIn(student, row);
  const lines = stringify([header, ...students], { bom: worksheet.startsWith('\ufeff') });
  return { text: lines, unmatched };

  function fillIn(student: string[], { totals }: GradebookRow): void {
    const { score, outOf } = exportedScore(totals);
    const maximum = student[column(MAXIMUM)];
    if (maximum !== undefined && Number(maximum.replace(',', '.')) !== outOf) {
      throw new UsageError(
        `the worksheet's maximum is ${maximum}, the assignment's ${outOf} points: set the maximum grade in Moodle to ${outOf} and download it again`,
      );
    }
    student[grade] = String(Math.min(score, outOf));
    if (student[column(FEEDBACK)] === '') student[column(FEEDBACK)] = totalsLine(totals);
  }
}

function cellsOf(worksheet: string): string[][] {
  try {
    return parse(worksheet, { bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new UsageError(`the worksheet is not CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** By Moodle's number, which is in the names of its downloads, otherwise by a cell that only one student has. */
function studentOf({ id, name, email }: GradebookRow, students: readonly string[][]): string[] | undefined {
  const participant = /^\d+$/.test(id) && id !== name ? new RegExp(`^\\D*${id}$`) : undefined;
  const numbered = students.find(([identifier]) => participant?.test(identifier));
  if (numbered) return numbered;
  const names = [id, name, email].flatMap((word) => (word === undefined ? [] : [same(word)]));
  const named = students.filter((cells) => cells.some((cell) => names.includes(same(cell))));
  return named.length === 1 ? named[0] : undefined;
}

const same = (text: string): string => text.normalize('NFC').trim().toLowerCase();

function requireOneEach(matched: ReadonlyMap<GradebookRow, string[] | undefined>): void {
  const taken = new Map<string[], string>();
  for (const [{ name }, student] of matched) {
    if (!student) continue;
    if (taken.has(student))
      throw new UsageError(`${taken.get(student)} and ${name} are the same student in the worksheet (${student[0]})`);
    taken.set(student, name);
  }
}
