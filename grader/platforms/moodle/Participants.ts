import { foldedText } from '../../common/foldedText.ts';
import { groupBy } from '../../common/groupBy.ts';
import type { ScoreRow } from '../ScoreTable.ts';

/** The participants of a worksheet, found by what the gradebook knows of a student. */
export class Participants {
  readonly #byNumber: Map<string | undefined, string[][]>;
  readonly #byCell = new Map<string, Set<string[]>>();

  /**
   * @param students - the cells of each student
   * @param isIdentifying - false for the columns of grades: a number in them is nobody's id
   */
  constructor(students: readonly string[][], isIdentifying: (column: number) => boolean) {
    this.#byNumber = groupBy(students, ([identifier]) => numberIn(identifier));
    for (const student of students)
      for (const [at, cell] of student.entries())
        if (isIdentifying(at)) {
          const key = foldedText(cell);
          this.#byCell.set(key, (this.#byCell.get(key) ?? new Set()).add(student));
        }
  }

  /**
   * By Moodle's number of the participant, otherwise by a cell that only one student has: the university's number, login,
   * address or, at last, the name. A number of another participant of the same name is not theirs.
   */
  of({ ids, email, name }: ScoreRow): string[] | undefined {
    const numbered = ids.moodle === undefined ? [] : (this.#byNumber.get(numberIn(ids.moodle)) ?? []);
    if (numbered.length === 1) return numbered[0];
    for (const word of [ids.sid, ids.login, email, ids.moodle === undefined ? name : undefined]) {
      const named = word === undefined ? undefined : this.#byCell.get(foldedText(word));
      if (named?.size === 1) return [...named][0];
    }
    return undefined;
  }
}

/** `Participant 0042` has the number 42; undefined if it has none at its end. */
const numberIn = (identifier = ''): string | undefined => /^\D*?0*(\d+)$/u.exec(identifier)?.[1];
