// AssemblyScript. C = alpha · op(A) · op(B) + beta · C for matrices in the imported memory.
//
// B, times alpha, is packed into panels of a tile's width, once for each block of k. A is read in place. With many columns of
// B each row of A would be read again and again, so then a tile of rows is packed in the layout of a transposed A.
// If that leaves most of the work to packing B, the product of the transposed matrices is computed instead.
import { columnHalfTile, columnTile, MR, packB, packStrip, panelBytes, rowHalfTile, rowTile, TALL, TILE, HALF } from './tiles';

/** Depth of a block: a packed strip of A and a panel of B stay in the first-level cache. */
const KC: usize = 512;
/** Rows that are packed at a time, to stay in the second-level cache; a multiple of TALL. */
const MC: usize = 120;
/** Columns that are packed at a time; each time all of A is packed too. */
const NC: usize = 1024;
/** From this many columns on, packing A pays off. */
const PACK_FROM_COLUMNS: usize = 65;

/** Packs strips of a tile's rows of op(A) in the layout of a transposed A. */
function packA<T>(to: usize, a: usize, rowStep: usize, columnStep: usize, rows: usize, depth: usize): void {
  const step = MR * sizeof<T>();
  for (let i: usize = 0; i < rows; i += MR) {
    packStrip<T>(to, a + i * rowStep, rowStep, columnStep, min(rows - i, MR), step, depth, 1);
    to += depth * step;
  }
}

/** C = beta · C; 0 overwrites, NaN included. */
function scale<T>(c: usize, strideC: usize, M: usize, N: usize, beta: T): void {
  for (let i: usize = 0; i < M; i++) {
    const row = c + i * strideC;
    const end = row + N * sizeof<T>();
    if (beta == 0) memory.fill(row, 0, N * sizeof<T>());
    else for (let at = row; at < end; at += sizeof<T>()) store<T>(at, load<T>(at) * beta);
  }
}

/** Adds the valid corner of a tile to C, for any strides of C. */
function merge<T>(
  c: usize, rowStep: usize, columnStep: usize, rows: usize, columns: usize, from: usize, keep: bool,
): void {
  for (let i: usize = 0; i < rows; i++) {
    let at = c + i * rowStep;
    for (let j: usize = 0; j < columns; j++) {
      const value = load<T>(from + i * TILE + j * sizeof<T>());
      store<T>(at, keep ? load<T>(at) + value : value);
      at += columnStep;
    }
  }
}

/** How A is read: in place, transposed in place, or packed. */
const AS_ROWS = 0;
const AS_COLUMNS = 1;
const PACKED = 2;

/**
 * All tiles of one block of rows and one of columns; rows that are read in place are whole half tiles. `zeros` is a tile's row of
 * zeros, followed by room for a half tile.
 */
function multiplyBlock<T>(
  a: usize, stepA: usize, form: i32, b: usize, depth: usize, c: usize, strideC: usize, columnC: usize, rows: usize,
  columns: usize, keep: bool, zeros: usize,
): void {
  const scratch = zeros + TILE;
  const next = form == PACKED ? MR * sizeof<T>() : stepA;
  // Bytes from a row of A to the next tile's, for each row of a tile.
  const down = form == PACKED ? depth * sizeof<T>() : form == AS_ROWS ? stepA : sizeof<T>();
  for (let j: usize = 0; j < columns; ) {
    const left = columns - j;
    const bytes = panelBytes<T>(left);
    const panel = bytes / sizeof<T>();
    const isHalf = bytes == HALF;
    const height = isHalf ? TALL : MR;
    for (let i: usize = 0; i < rows; i += height) {
      const isWhole = rows - i >= height && left >= panel && columnC == sizeof<T>();
      const at = c + i * strideC + j * columnC;
      const to = isWhole ? at : scratch;
      const strideTo = isWhole ? strideC : TILE;
      const start = keep && isWhole ? at : zeros;
      const strideStart = keep && isWhole ? strideC : 0;
      const from = a + i * down;
      if (form == AS_ROWS) {
        if (isHalf) rowHalfTile<T>(from, next, MR * down, b, bytes, depth, start, strideStart, to, strideTo);
        else rowTile<T>(from, next, b, bytes, depth, start, strideStart, to, strideTo);
      } else {
        if (isHalf) columnHalfTile<T>(from, next, MR * down, b, bytes, depth, start, strideStart, to, strideTo);
        else columnTile<T>(from, next, b, bytes, depth, start, strideStart, to, strideTo);
      }
      if (!isWhole) merge<T>(at, strideC, columnC, min(rows - i, height), min(left, panel), scratch, keep);
    }
    b += depth * bytes;
    j += panel;
  }
}

/** Bytes of work space that `gemm32` and `gemm64` need. */
export function workBytes(): usize {
  return (KC * (NC + TILE) + KC * MC) * 8 + (1 + TALL) * TILE;
}

/** C = alpha · A · B, plus C if `adds`; with the strides of rows and columns in bytes. */
function multiply<T>(
  M: usize, N: usize, K: usize, alpha: T, a: usize, rowA: usize, columnA: usize, b: usize, rowB: usize, columnB: usize,
  adds: bool, c: usize, rowC: usize, columnC: usize, work: usize,
): void {
  const zeros = work;
  memory.fill(zeros, 0, TILE);
  const packedB = zeros + (1 + TALL) * TILE;
  const packedA = packedB + KC * (NC + TILE) * sizeof<T>();
  const form = N >= PACK_FROM_COLUMNS ? PACKED : columnA == sizeof<T>() ? AS_ROWS : AS_COLUMNS;
  const stepA = form == AS_ROWS ? rowA : columnA;
  // One block of rows is packed once, and then each panel of B used immediately, while it is in the first-level cache: 1.05 to 1.1
  // times as fast for the 64 rows of a batch.
  const isOneBlock = M <= MC;
  const width = isOneBlock ? TILE / sizeof<T>() : NC;
  for (let k: usize = 0; k < K; k += KC) {
    const depth = min(K - k, KC);
    const keep = adds || k > 0;
    for (let j: usize = 0; j < N; j += width) {
      const columns = min(N - j, width);
      packB<T>(packedB, b + k * rowB + j * columnB, rowB, columnB, columns, depth, alpha);
      for (let i: usize = 0; i < M; i += MC) {
        const rows = min(M - i, MC);
        const block = a + i * rowA + k * columnA;
        const to = c + i * rowC + j * columnC;
        // There are no rows after the last to read, so those of a tile that is not whole are packed.
        const inPlace = form == PACKED ? 0 : form == AS_ROWS ? rows / TALL * TALL : rows;
        if (inPlace)
          multiplyBlock<T>(block, stepA, form, packedB, depth, to, rowC, columnC, inPlace, columns, keep, zeros);
        if (inPlace == rows) continue;
        const others = rows - inPlace;
        if (j == 0 || !isOneBlock) packA<T>(packedA, block + inPlace * rowA, rowA, columnA, others, depth);
        multiplyBlock<T>(
          packedA, stepA, PACKED, packedB, depth, to + inPlace * rowC, rowC, columnC, others, columns, keep, zeros,
        );
      }
    }
  }
}

function gemm<T>(
  transA: bool, transB: bool, M: usize, N: usize, K: usize, alpha: T, a: usize, lda: usize, b: usize, ldb: usize,
  beta: T, c: usize, ldc: usize, work: usize,
): void {
  const size = sizeof<T>();
  const strideC = ldc * size;
  const rowA = transA ? size : lda * size;
  const columnA = transA ? lda * size : size;
  const rowB = transB ? size : ldb * size;
  const columnB = transB ? ldb * size : size;
  const isEmpty = K == 0 || alpha == 0;
  // If there is a product, its first block overwrites what beta = 0 would clear.
  if (beta != 1 && (beta != 0 || isEmpty)) scale<T>(c, strideC, M, N, beta);
  if (isEmpty) return;
  const adds = beta != 0;
  // With few rows of A, packing a transposed B does not pay off: for Cᵀ = Bᵀ · Aᵀ it is read in place, 1.4 to 1.5 times as fast.
  if (transB && M < PACK_FROM_COLUMNS && M < N)
    multiply<T>(N, M, K, alpha, b, columnB, rowB, a, columnA, rowA, adds, c, size, strideC, work);
  else multiply<T>(M, N, K, alpha, a, rowA, columnA, b, rowB, columnB, adds, c, strideC, size, work);
}

/** Float32. Pointers in bytes, leading dimensions in elements; `work` has `workBytes()` bytes, aligned to 16. */
export function gemm32(
  transA: bool, transB: bool, M: usize, N: usize, K: usize, alpha: f32, a: usize, lda: usize, b: usize, ldb: usize,
  beta: f32, c: usize, ldc: usize, work: usize,
): void {
  gemm<f32>(transA, transB, M, N, K, alpha, a, lda, b, ldb, beta, c, ldc, work);
}

/** Float64; as `gemm32`. */
export function gemm64(
  transA: bool, transB: bool, M: usize, N: usize, K: usize, alpha: f64, a: usize, lda: usize, b: usize, ldb: usize,
  beta: f64, c: usize, ldc: usize, work: usize,
): void {
  gemm<f64>(transA, transB, M, N, K, alpha, a, lda, b, ldb, beta, c, ldc, work);
}
