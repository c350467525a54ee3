/** The expected content of a cell: this number, this shape, a number near another, or one of several of these. */
export type AskedCell = number | readonly number[] | Near | Either;

/** The asked cells by name, nested as in the answers file. */
export interface AskedCells {
  readonly [name: string]: AskedCell | AskedCells;
}

/** A number that was measured or rounded. */
export class Near {
  readonly value: number;
  readonly within: number;
  constructor(value: number, within: number) {
    this.value = value;
    this.within = within;
  }
}

/** A question that can be read in more than one way. */
export class Either {
  readonly answers: readonly AskedCell[];
  constructor(answers: readonly AskedCell[]) {
    this.answers = answers;
  }
}

/**
 * Asks for one of several answers.
 *
 * @example
 * ```ts
 * judgeAnswers(examination().sources(), 'answers.yaml', { connections: either(102400, 87616) });
 * ```
 */
export const either = (...answers: readonly [AskedCell, ...AskedCell[]]): Either => new Either(answers);

/**
 * Asks for a number that differs from `value` by no more than `within`.
 *
 * @example
 * ```ts
 * judgeAnswers(examination().sources(), 'answers.yaml', { accuracy: near(0.98, 0.01) });
 * ```
 */
export const near = (value: number, within: number): Near => new Near(value, within);

/** One asked cell and its position in the file. */
export interface AskedAt {
  readonly path: readonly string[];
  readonly cell: AskedCell;
}

/** All cells, in the order in which they are asked. */
export function cellsOf(asked: AskedCells, above: readonly string[] = []): AskedAt[] {
  return Object.entries(asked).flatMap(([name, value]) => {
    const path = [...above, name];
    return isCell(value) ? [{ path, cell: value }] : cellsOf(value, path);
  });
}

const isCell = (value: AskedCell | AskedCells): value is AskedCell =>
  typeof value === 'number' || Array.isArray(value) || value instanceof Near || value instanceof Either;
