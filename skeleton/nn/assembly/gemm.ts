// AssemblyScript. C = alpha · op(A) · op(B) + beta · C for matrices that lie in the imported memory.
//
// The product is cut into tiles of 6 rows by 32 bytes of columns (8 floats, 4 doubles): twelve accumulators, two vectors
// of B and one of A, which is what a 16-register machine holds. One step of k in a loop body: the engine's compiler hoists
// all loads of a body to its top, and an unrolled one spills.
//
// B is packed into panels of a tile's width, once for each block of k. A is read where it lies: row by row (`rowTile`), or
// six neighbours at a time when it is transposed (`columnTile`). Many columns of B would read each row of A again and
// again, so then six rows are packed to lie like a transposed A.

/** Rows of a tile. */
const MR: usize = 6;
/** Bytes of a tile's row: two vectors. */
const TILE: usize = 32;
const HALF: usize = 16;
/** Depth of a block: a packed panel of 6 rows and one of B stay in the first-level cache. */
const KC: usize = 512;
/** Rows that are packed at a time; a multiple of MR. */
const MC: usize = 60;
/** Columns that are packed at a time: the panels stay in the second-level cache. */
const NC: usize = 256;
/** From so many columns on, packing A is repaid. */
const PACK_FROM_COLUMNS: usize = 65;

@inline
function madd<T>(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, sum);
  return v128.add<T>(v128.mul<T>(a, b), sum);
}

/** Writes one vector of results: alpha · sum, plus what was there if `keep`. Beta was applied before. */
@inline
function put<T>(at: usize, sum: v128, alpha: v128, keep: bool): void {
  const scaled = v128.mul<T>(sum, alpha);
  v128.store(at, keep ? v128.add<T>(scaled, v128.load(at)) : scaled);
}

/** Six rows of A that lie `strideA` bytes apart, two vectors of columns. */
function rowTile<T>(a: usize, strideA: usize, b: usize, depth: usize, c: usize, strideC: usize, alpha: v128, keep: bool): void {
  let c00 = v128.splat<T>(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  let a1 = a + strideA, a2 = a1 + strideA, a3 = a2 + strideA, a4 = a3 + strideA, a5 = a4 + strideA;
  const end = b + depth * TILE;
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, HALF);
    const v0 = v128.load_splat<T>(a);
    c00 = madd<T>(v0, b0, c00);
    c01 = madd<T>(v0, b1, c01);
    const v1 = v128.load_splat<T>(a1);
    c10 = madd<T>(v1, b0, c10);
    c11 = madd<T>(v1, b1, c11);
    const v2 = v128.load_splat<T>(a2);
    c20 = madd<T>(v2, b0, c20);
    c21 = madd<T>(v2, b1, c21);
    const v3 = v128.load_splat<T>(a3);
    c30 = madd<T>(v3, b0, c30);
    c31 = madd<T>(v3, b1, c31);
    const v4 = v128.load_splat<T>(a4);
    c40 = madd<T>(v4, b0, c40);
    c41 = madd<T>(v4, b1, c41);
    const v5 = v128.load_splat<T>(a5);
    c50 = madd<T>(v5, b0, c50);
    c51 = madd<T>(v5, b1, c51);
    a += sizeof<T>();
    a1 += sizeof<T>();
    a2 += sizeof<T>();
    a3 += sizeof<T>();
    a4 += sizeof<T>();
    a5 += sizeof<T>();
    b += TILE;
  }
  put<T>(c, c00, alpha, keep);
  put<T>(c + HALF, c01, alpha, keep);
  c += strideC;
  put<T>(c, c10, alpha, keep);
  put<T>(c + HALF, c11, alpha, keep);
  c += strideC;
  put<T>(c, c20, alpha, keep);
  put<T>(c + HALF, c21, alpha, keep);
  c += strideC;
  put<T>(c, c30, alpha, keep);
  put<T>(c + HALF, c31, alpha, keep);
  c += strideC;
  put<T>(c, c40, alpha, keep);
  put<T>(c + HALF, c41, alpha, keep);
  c += strideC;
  put<T>(c, c50, alpha, keep);
  put<T>(c + HALF, c51, alpha, keep);
}

/** Six neighbours of a transposed or packed A, `next` bytes from one k to the next; two vectors of columns. */
function columnTile<T>(a: usize, next: usize, b: usize, depth: usize, c: usize, strideC: usize, alpha: v128, keep: bool): void {
  let c00 = v128.splat<T>(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  const end = b + depth * TILE;
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, HALF);
    const v0 = v128.load_splat<T>(a);
    c00 = madd<T>(v0, b0, c00);
    c01 = madd<T>(v0, b1, c01);
    const v1 = v128.load_splat<T>(a, sizeof<T>());
    c10 = madd<T>(v1, b0, c10);
    c11 = madd<T>(v1, b1, c11);
    const v2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = madd<T>(v2, b0, c20);
    c21 = madd<T>(v2, b1, c21);
    const v3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    c30 = madd<T>(v3, b0, c30);
    c31 = madd<T>(v3, b1, c31);
    const v4 = v128.load_splat<T>(a, 4 * sizeof<T>());
    c40 = madd<T>(v4, b0, c40);
    c41 = madd<T>(v4, b1, c41);
    const v5 = v128.load_splat<T>(a, 5 * sizeof<T>());
    c50 = madd<T>(v5, b0, c50);
    c51 = madd<T>(v5, b1, c51);
    a += next;
    b += TILE;
  }
  put<T>(c, c00, alpha, keep);
  put<T>(c + HALF, c01, alpha, keep);
  c += strideC;
  put<T>(c, c10, alpha, keep);
  put<T>(c + HALF, c11, alpha, keep);
  c += strideC;
  put<T>(c, c20, alpha, keep);
  put<T>(c + HALF, c21, alpha, keep);
  c += strideC;
  put<T>(c, c30, alpha, keep);
  put<T>(c + HALF, c31, alpha, keep);
  c += strideC;
  put<T>(c, c40, alpha, keep);
  put<T>(c + HALF, c41, alpha, keep);
  c += strideC;
  put<T>(c, c50, alpha, keep);
  put<T>(c + HALF, c51, alpha, keep);
}

/** As `rowTile`, for the last panel when one vector of columns holds what is left. */
function rowHalfTile<T>(a: usize, strideA: usize, b: usize, depth: usize, c: usize, strideC: usize, alpha: v128, keep: bool): void {
  let c0 = v128.splat<T>(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
  let a1 = a + strideA, a2 = a1 + strideA, a3 = a2 + strideA, a4 = a3 + strideA, a5 = a4 + strideA;
  const end = b + depth * HALF;
  while (b < end) {
    const b0 = v128.load(b);
    c0 = madd<T>(v128.load_splat<T>(a), b0, c0);
    c1 = madd<T>(v128.load_splat<T>(a1), b0, c1);
    c2 = madd<T>(v128.load_splat<T>(a2), b0, c2);
    c3 = madd<T>(v128.load_splat<T>(a3), b0, c3);
    c4 = madd<T>(v128.load_splat<T>(a4), b0, c4);
    c5 = madd<T>(v128.load_splat<T>(a5), b0, c5);
    a += sizeof<T>();
    a1 += sizeof<T>();
    a2 += sizeof<T>();
    a3 += sizeof<T>();
    a4 += sizeof<T>();
    a5 += sizeof<T>();
    b += HALF;
  }
  put<T>(c, c0, alpha, keep);
  put<T>(c + strideC, c1, alpha, keep);
  put<T>(c + 2 * strideC, c2, alpha, keep);
  put<T>(c + 3 * strideC, c3, alpha, keep);
  put<T>(c + 4 * strideC, c4, alpha, keep);
  put<T>(c + 5 * strideC, c5, alpha, keep);
}

/** As `columnTile`, for the last panel when one vector of columns holds what is left. */
function columnHalfTile<T>(a: usize, next: usize, b: usize, depth: usize, c: usize, strideC: usize, alpha: v128, keep: bool): void {
  let c0 = v128.splat<T>(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
  const end = b + depth * HALF;
  while (b < end) {
    const b0 = v128.load(b);
    c0 = madd<T>(v128.load_splat<T>(a), b0, c0);
    c1 = madd<T>(v128.load_splat<T>(a, sizeof<T>()), b0, c1);
    c2 = madd<T>(v128.load_splat<T>(a, 2 * sizeof<T>()), b0, c2);
    c3 = madd<T>(v128.load_splat<T>(a, 3 * sizeof<T>()), b0, c3);
    c4 = madd<T>(v128.load_splat<T>(a, 4 * sizeof<T>()), b0, c4);
    c5 = madd<T>(v128.load_splat<T>(a, 5 * sizeof<T>()), b0, c5);
    a += next;
    b += HALF;
  }
  put<T>(c, c0, alpha, keep);
  put<T>(c + strideC, c1, alpha, keep);
  put<T>(c + 2 * strideC, c2, alpha, keep);
  put<T>(c + 3 * strideC, c3, alpha, keep);
  put<T>(c + 4 * strideC, c4, alpha, keep);
  put<T>(c + 5 * strideC, c5, alpha, keep);
}

/** Panels of op(B): for each k the panel's columns side by side, zeros behind the last. Returns the end of what was written. */
function packB<T>(to: usize, b: usize, rowStep: usize, columnStep: usize, columns: usize, depth: usize): usize {
  const width = TILE / sizeof<T>();
  for (let j: usize = 0; j < columns; ) {
    const left = columns - j;
    const panel = left <= width / 2 ? width / 2 : width;
    const filled = min(left, panel);
    for (let k: usize = 0; k < depth; k++) {
      let from = b + j * columnStep + k * rowStep;
      if (filled == panel && columnStep == sizeof<T>()) {
        v128.store(to, v128.load(from));
        if (panel == width) v128.store(to, v128.load(from, HALF), HALF);
      } else {
        for (let i: usize = 0; i < panel; i++) {
          store<T>(to + i * sizeof<T>(), i < filled ? load<T>(from) : <T>0);
          from += columnStep;
        }
      }
      to += panel * sizeof<T>();
    }
    j += panel;
  }
  return to;
}

/** Strips of six rows of op(A), so that they lie as a transposed A does: for each k six neighbours, zeros behind the last row. */
function packA<T>(to: usize, a: usize, rowStep: usize, columnStep: usize, rows: usize, depth: usize): void {
  for (let i: usize = 0; i < rows; i += MR) {
    const filled = min(rows - i, MR);
    for (let k: usize = 0; k < depth; k++) {
      const from = a + i * rowStep + k * columnStep;
      for (let r: usize = 0; r < MR; r++) {
        store<T>(to, r < filled ? load<T>(from + r * rowStep) : <T>0);
        to += sizeof<T>();
      }
    }
  }
}

/** C = beta · C; 0 overwrites whatever was there. */
function scale<T>(c: usize, strideC: usize, M: usize, N: usize, beta: T): void {
  for (let i: usize = 0; i < M; i++) {
    const row = c + i * strideC;
    const end = row + N * sizeof<T>();
    if (beta == 0) memory.fill(row, 0, N * sizeof<T>());
    else for (let at = row; at < end; at += sizeof<T>()) store<T>(at, load<T>(at) * beta);
  }
}

/** Adds the valid corner of a tile that reaches over the edge of C. */
function merge<T>(c: usize, strideC: usize, rows: usize, columns: usize, from: usize, keep: bool): void {
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = 0; j < columns * sizeof<T>(); j += sizeof<T>()) {
      const at = c + i * strideC + j;
      const value = load<T>(from + i * TILE + j);
      store<T>(at, keep ? load<T>(at) + value : value);
    }
  }
}

/** Where A is read from: as it lies, transposed as it lies, or packed. */
const AS_ROWS = 0;
const AS_COLUMNS = 1;
const PACKED = 2;

/** All tiles of one block of rows and one of columns. */
function multiplyBlock<T>(
  a: usize, stepA: usize, form: i32, b: usize, depth: usize, c: usize, strideC: usize, rows: usize, columns: usize,
  alpha: v128, keep: bool, scratch: usize,
): void {
  const width = TILE / sizeof<T>();
  for (let j: usize = 0; j < columns; ) {
    const left = columns - j;
    const isHalf = left <= width / 2;
    const panel = isHalf ? width / 2 : width;
    for (let i: usize = 0; i < rows; i += MR) {
      const isWhole = rows - i >= MR && left >= panel;
      const at = c + i * strideC + j * sizeof<T>();
      const to = isWhole ? at : scratch;
      const strideTo = isWhole ? strideC : TILE;
      const keepTile = keep && isWhole;
      if (form == AS_ROWS) {
        // Rows behind the last are not there to be read: stride 0 reads the last one again.
        const isCut = rows - i < MR;
        if (isCut) {
          for (let r: usize = 0; r < rows - i; r++) {
            if (isHalf) rowHalfTile<T>(a + (i + r) * stepA, 0, b, depth, scratch + MR * TILE, TILE, alpha, false);
            else rowTile<T>(a + (i + r) * stepA, 0, b, depth, scratch + MR * TILE, TILE, alpha, false);
            memory.copy(scratch + r * TILE, scratch + MR * TILE, TILE);
          }
        } else if (isHalf) rowHalfTile<T>(a + i * stepA, stepA, b, depth, to, strideTo, alpha, keepTile);
        else rowTile<T>(a + i * stepA, stepA, b, depth, to, strideTo, alpha, keepTile);
      } else {
        const strip = form == PACKED ? a + i * depth * sizeof<T>() : a + i * sizeof<T>();
        const next = form == PACKED ? MR * sizeof<T>() : stepA;
        if (isHalf) columnHalfTile<T>(strip, next, b, depth, to, strideTo, alpha, keepTile);
        else columnTile<T>(strip, next, b, depth, to, strideTo, alpha, keepTile);
      }
      if (!isWhole) merge<T>(at, strideC, min(rows - i, MR), min(left, panel), scratch, keep);
    }
    b += depth * panel * sizeof<T>();
    j += panel;
  }
}

/** Bytes of work space that `gemm32` and `gemm64` need. */
export function workBytes(): usize {
  return (KC * (NC + TILE) + KC * MC) * 8 + 3 * MR * TILE + 64;
}

@inline
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
  // Where there is a product, its first block overwrites what beta = 0 would clear.
  if (beta != 1 && (beta != 0 || isEmpty)) scale<T>(c, strideC, M, N, beta);
  if (isEmpty) return;
  const alphas = v128.splat<T>(alpha);
  const scratch = work;
  const packedB = work + 3 * MR * TILE;
  const packedA = packedB + KC * (NC + TILE) * size;
  const packs = N >= PACK_FROM_COLUMNS;
  for (let k: usize = 0; k < K; k += KC) {
    const depth = min(K - k, KC);
    const keep = beta != 0 || k > 0;
    for (let j: usize = 0; j < N; j += NC) {
      const columns = min(N - j, NC);
      packB<T>(packedB, b + k * rowB + j * columnB, rowB, columnB, columns, depth);
      for (let i: usize = 0; i < M; i += MC) {
        const rows = min(M - i, MC);
        const block = a + i * rowA + k * columnA;
        const at = c + i * strideC + j * size;
        if (packs) {
          packA<T>(packedA, block, rowA, columnA, rows, depth);
          multiplyBlock<T>(packedA, 0, PACKED, packedB, depth, at, strideC, rows, columns, alphas, keep, scratch);
        } else if (transA) {
          multiplyBlock<T>(block, columnA, AS_COLUMNS, packedB, depth, at, strideC, rows, columns, alphas, keep, scratch);
        } else {
          multiplyBlock<T>(block, rowA, AS_ROWS, packedB, depth, at, strideC, rows, columns, alphas, keep, scratch);
        }
      }
    }
  }
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
