import { ConvolutionLayer, type Activation, type Params, type Real, type Team } from '@im2grade/nn';

/** All products by Strassen's recursion on squares, from a table: right, and slow for large matrices. */
export class Conv2DLayer extends ConvolutionLayer {
  override forward(act: Activation[], param: Params[], team: Team): void {
    const { mat, kernel } = this.operands(act, param);
    const [from, to] = team.share(mat.rows);
    const { biases } = param[this.ID];
    write(times(part(mat, from, to), kernel), act[this.ID].output, from, (sum, map) => sum + biases[map]);
    team.barrier();
  }

  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    const { mat, kernel } = this.operands(act, param);
    const above = matrix(act[this.ID].dError_dOutput, mat.rows, kernel.columns);
    const own = grad[this.ID];
    const [firstElement, endElement] = team.share(mat.columns);
    write(times(part(flipped(mat), firstElement, endElement), above), own.weights, firstElement);
    const [firstRow, endRow] = team.share(mat.rows);
    write(times(part(above, firstRow, endRow), flipped(kernel)), act[this.ID - 1].dError_dOutput, firstRow);
    const [firstMap, endMap] = team.share(above.columns);
    for (let map = firstMap; map < endMap; map++) {
      let sum = 0;
      for (let row = 0; row < above.rows; row++) sum += above.at(row, map);
      own.biases[map] = sum;
    }
    team.barrier();
  }

  private operands(act: Activation[], param: Params[]): { mat: Matrix; kernel: Matrix } {
    const { OpY, OpX, KnY, KnX, InC, KnC } = this.geometry;
    const elements = KnY * KnX * InC;
    return {
      mat: matrix(act[this.ID - 1].output, act[this.ID].batchSize * OpY * OpX, elements),
      kernel: matrix(param[this.ID].weights, elements, KnC),
    };
  }
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  at(row: number, column: number): number;
}

const matrix = (values: Real, rows: number, columns: number): Matrix => ({
  rows,
  columns,
  at: (row, column) => values[row * columns + column],
});

const flipped = ({ rows, columns, at }: Matrix): Matrix => ({
  rows: columns,
  columns: rows,
  at: (row, column) => at(column, row),
});

const part = ({ columns, at }: Matrix, from: number, to: number): Matrix => ({
  rows: to - from,
  columns,
  at: (row, column) => at(from + row, column),
});

function write(
  { rows, columns, at }: Matrix,
  into: Real,
  firstRow: number,
  change = (value: number, _column: number): number => value,
): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      into[(firstRow + row) * columns + column] = change(at(row, column), column);
}

function times(a: Matrix, b: Matrix): Matrix {
  const longest = Math.max(a.rows, a.columns, b.columns);
  const side = 2 ** Math.ceil(Math.log2(longest));
  return { ...multiplied(padded(a, side), padded(b, side)), rows: a.rows, columns: b.columns };
}

const padded = ({ rows, columns, at }: Matrix, side: number): Matrix =>
  square(side, (row, column) => (row < rows && column < columns ? at(row, column) : 0));

function square(side: number, at: Matrix['at']): Matrix {
  const values = new Float64Array(side * side);
  for (let i = 0; i < values.length; i++) values[i] = at(Math.floor(i / side), i % side);
  return matrix(values, side, side);
}

/** Signs of the quarters: above left, above right, below left, below right. */
type Signs = readonly [number, number, number, number];

/** The seven products: of which quarters of either factor, and to which quarters of the result they are added. */
const PRODUCTS: readonly (readonly [Signs, Signs, Signs])[] = [
  [
    [1, 0, 0, 1],
    [1, 0, 0, 1],
    [1, 0, 0, 1],
  ],
  [
    [0, 0, 1, 1],
    [1, 0, 0, 0],
    [0, 0, 1, -1],
  ],
  [
    [1, 0, 0, 0],
    [0, 1, 0, -1],
    [0, 1, 0, 1],
  ],
  [
    [0, 0, 0, 1],
    [-1, 0, 1, 0],
    [1, 0, 1, 0],
  ],
  [
    [1, 1, 0, 0],
    [0, 0, 0, 1],
    [-1, 1, 0, 0],
  ],
  [
    [-1, 0, 1, 0],
    [1, 1, 0, 0],
    [0, 0, 0, 1],
  ],
  [
    [0, 1, 0, -1],
    [0, 0, 1, 1],
    [1, 0, 0, 0],
  ],
];

function multiplied(a: Matrix, b: Matrix): Matrix {
  if (a.rows <= 16) return square(a.rows, (row, column) => dot(a.rows, (k) => a.at(row, k) * b.at(k, column)));
  const half = a.rows / 2;
  const sums = new Float64Array(a.rows * a.rows);
  for (const [ofA, ofB, ofResult] of PRODUCTS) {
    const { at } = multiplied(mixed(a, half, ofA), mixed(b, half, ofB));
    for (let row = 0; row < a.rows; row++)
      for (let column = 0; column < a.rows; column++) {
        const sign = ofResult[2 * Number(row >= half) + Number(column >= half)];
        if (sign !== 0) sums[row * a.rows + column] += sign * at(row % half, column % half);
      }
  }
  return matrix(sums, a.rows, a.rows);
}

const mixed = ({ at }: Matrix, half: number, signs: Signs): Matrix =>
  square(half, (row, column) =>
    signs.reduce(
      (sum, sign, q) => (sign === 0 ? sum : sum + sign * at(row + half * (q >> 1), column + half * (q & 1))),
      0,
    ),
  );

function dot(n: number, term: (k: number) => number): number {
  let total = 0;
  for (let k = 0; k < n; k++) total += term(k);
  return total;
}
