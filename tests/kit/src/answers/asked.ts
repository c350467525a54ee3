/**
 * The expected content of a cell: this number, this shape, a number near another, one of several of these, or what
 * follows from other cells.
 */
export type AskedCell = number | readonly number[] | Near | Either | Follows;

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

/** An answer that is worked out from others. */
export class Follows {
  readonly right: AskedCell;
  readonly from: readonly string[];
  readonly compute: Computation;
  constructor(right: AskedCell, from: readonly string[], compute: Computation) {
    this.right = right;
    this.from = from;
    this.compute = compute;
  }
}

/** What follows from the numbers in other cells, if anything does. */
export type Computation = (...cells: readonly (readonly number[])[]) => AskedCell | undefined;

/**
 * Asks for an answer that follows from others: what follows from the student's own is right too, so that a slip in one
 * cell is charged there and in no other.
 *
 * @param from - the names of the other cells, joined by dots; they must hold positive numbers
 * @param compute - is given the numbers in each of them
 *
 * @example
 * ```ts
 * judgeAnswers(examination().sources(), 'answers.yaml', {
 *   size: [8, 8],
 *   units: follows(64, ['size'], ([rows, columns]) => rows * columns),
 * });
 * ```
 */
export const follows = (right: AskedCell, from: readonly string[], compute: Computation): Follows =>
  new Follows(right, from, compute);

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
  typeof value === 'number' || Array.isArray(value) || [Near, Either, Follows].some((kind) => value instanceof kind);
