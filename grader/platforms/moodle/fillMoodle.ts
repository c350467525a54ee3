import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { UsageError } from '../../model/errors.ts';
import { sheetOf } from '../../common/sheetOf.ts';
import { whyNotCsv } from '../../common/whyNotCsv.ts';
import { foldedText } from '../../common/foldedText.ts';
import { exportedScore } from '../../report/text/exportedScore.ts';
import { totalsLine } from '../../report/text/totals.ts';
import { Participants } from './Participants.ts';
import type { ScoreTable, ScoreResult, ScoreRow } from '../ScoreTable.ts';

const BOM = Buffer.from('\ufeff');
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
 * to it. It is filled in as Moodle writes it, in UTF-8 with commas, however a spreadsheet has saved it since.
 *
 * @param worksheet - the file
 * @param gradeColumn - the name of the grade column in the language of the worksheet
 * @throws UsageError if it is not such a worksheet, its maximum differs, or no submission matches a participant
 */
export function fillMoodle(worksheet: Uint8Array, gradebook: ScoreTable, gradeColumn = 'Grade'): FilledWorksheet {
  const [header, ...students] = cellsOf(worksheet);
  const folded = header?.map(foldedText) ?? [];
  const column = (name: string): number => {
    const exact = header?.indexOf(name) ?? -1;
    return exact >= 0 ? exact : folded.indexOf(foldedText(name));
  };
  const grade = column(gradeColumn);
  const maximumColumn = column(MAXIMUM) >= 0 ? column(MAXIMUM) : localisedMaximum(students, grade);
  if (!header || grade < 0) {
    throw new UsageError(
      `the worksheet has no column "${gradeColumn}"; it has: ${header?.join(', ') || 'none'}. Name it with --grade-column`,
    );
  }
  const graded = gradebook.rows.filter(({ result }) => result);
  const participants = new Participants(students, (at) => at !== grade && at !== maximumColumn);
  const matched = new Map(graded.map((row) => [row, participants.of(row)]));
  const unmatched = graded.filter((row) => !matched.get(row)).map(({ name }) => name);
  if (unmatched.length === graded.length)
    throw new UsageError(`${unmatched[0]} does not match any participant of the worksheet; is it for this assignment?`);
  requireOneEach(matched);
  for (const [{ result }, student] of matched) if (student && result) fillIn(student, result);
  const lines = stringify([header, ...students], { bom: BOM.equals(worksheet.subarray(0, BOM.length)) });
  return { text: lines, unmatched };

  function fillIn(student: string[], { totals }: ScoreResult): void {
    const { score, outOf } = exportedScore(totals);
    const maximum = student[maximumColumn];
    if (maximum !== undefined && Number(maximum.replace(',', '.')) !== outOf) {
      throw new UsageError(
        `the worksheet's maximum is ${maximum}, the assignment's ${outOf} points: set the maximum grade in Moodle to ${outOf} and download it again`,
      );
    }
    student[grade] = String(Math.min(score, outOf));
    if (student[column(FEEDBACK)] === '') student[column(FEEDBACK)] = totalsLine(totals);
  }
}

/** Whatever its language calls it: the column after the grades, if it has one number for all. -1 if there is none. */
function localisedMaximum(students: readonly string[][], grade: number): number {
  const cells = new Set(students.map((student) => student[grade + 1] ?? ''));
  return cells.size === 1 && /^\d+(?:[.,]\d+)?$/u.test([...cells][0]) ? grade + 1 : -1;
}

function cellsOf(worksheet: Uint8Array): string[][] {
  try {
    const { text, options } = sheetOf(worksheet);
    return parse(text, { ...options, skip_empty_lines: true });
  } catch (error) {
    throw new UsageError(`the worksheet is not CSV: ${whyNotCsv(error) ?? String(error)}`);
  }
}

function requireOneEach(matched: ReadonlyMap<ScoreRow, string[] | undefined>): void {
  const taken = new Map<string[], string>();
  for (const [{ name }, student] of matched) {
    if (!student) continue;
    if (taken.has(student))
      throw new UsageError(`${taken.get(student)} and ${name} are the same student in the worksheet (${student[0]})`);
    taken.set(student, name);
  }
}
