// AssemblyScript. The innermost loops of every product: C = start + A · B for one tile of C.
//
// A tile has 6 rows by 32 bytes of columns (8 floats, 4 doubles): twelve accumulators, two vectors of B and one of A are the
// 15 registers that the engine gives out of 16. Without a fused multiply-add the product needs one more, so then a tile has
// 5 rows: one accumulator kept in memory would halve the speed. One step of k in a loop body, for more of them spill too.
//
// A is read in place: row by row (`rowTile`), or a tile's neighbours at a time (`columnTile`). The accumulators start
// from a tile of vectors in memory: zeros or biases with a stride of 0, or C itself to add to it.

const SIX_ROWS = ASC_FEATURE_RELAXED_SIMD;
/** Rows of a tile. */
export const MR: usize = SIX_ROWS ? 6 : 5;
/** Bytes of a tile's row: two vectors. */
export const TILE: usize = 32;
/** Rows of a half tile: its vectors are as many as a tile's, or each sum would wait for the one before. */
export const TALL: usize = 2 * MR;
/** Bytes of a vector: the row of a half tile. */
export const HALF: usize = 16;

/** Bytes of the panel that begins where `left` columns are left: the last one is half a tile wide if that holds them. */
@inline
export function panelBytes<T>(left: usize): usize {
  return left * sizeof<T>() <= HALF ? HALF : TILE;
}

@inline
export function madd<T>(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, sum);
  return v128.add<T>(v128.mul<T>(a, b), sum);
}

/** Stores a vector in each of `MR` rows, and returns where the next row is. */
@inline
function storeColumn(c: usize, strideC: usize, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128): usize {
  v128.store(c, c0);
  c += strideC;
  v128.store(c, c1);
  c += strideC;
  v128.store(c, c2);
  c += strideC;
  v128.store(c, c3);
  c += strideC;
  v128.store(c, c4);
  c += strideC;
  if (!SIX_ROWS) return c;
  v128.store(c, c5);
  return c + strideC;
}

/** A tile of rows of A that are `strideA` bytes apart; two vectors of columns, `nextB` bytes from one k to the next. */
export function rowTile<T>(
  a: usize, strideA: usize, b: usize, nextB: usize, depth: usize, start: usize, strideStart: usize, c: usize, strideC: usize,
): void {
  rowTileInline<T>(a, strideA, b, nextB, depth, start, strideStart, c, strideC);
}

/** As `rowTile`, for a loop that does nothing else: a call would take 2 % of the time if the depth is short. */
@inline
export function rowTileInline<T>(
  a: usize, strideA: usize, b: usize, nextB: usize, depth: usize, start: usize, strideStart: usize, c: usize, strideC: usize,
): void {
  let s = start;
  let c00 = v128.load(s), c01 = v128.load(s, HALF);
  s += strideStart;
  let c10 = v128.load(s), c11 = v128.load(s, HALF);
  s += strideStart;
  let c20 = v128.load(s), c21 = v128.load(s, HALF);
  s += strideStart;
  let c30 = v128.load(s), c31 = v128.load(s, HALF);
  s += strideStart;
  let c40 = v128.load(s), c41 = v128.load(s, HALF);
  if (SIX_ROWS) s += strideStart;
  let c50 = v128.load(s), c51 = v128.load(s, HALF);
  let a1 = a + strideA, a2 = a1 + strideA, a3 = a2 + strideA, a4 = a3 + strideA, a5 = a4 + strideA;
  const end = b + depth * nextB;
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
    if (SIX_ROWS) {
      const v5 = v128.load_splat<T>(a5);
      c50 = madd<T>(v5, b0, c50);
      c51 = madd<T>(v5, b1, c51);
    }
    a += sizeof<T>();
    a1 += sizeof<T>();
    a2 += sizeof<T>();
    a3 += sizeof<T>();
    a4 += sizeof<T>();
    a5 += sizeof<T>();
    b += nextB;
  }
  v128.store(c, c00);
  v128.store(c, c01, HALF);
  c += strideC;
  v128.store(c, c10);
  v128.store(c, c11, HALF);
  c += strideC;
  v128.store(c, c20);
  v128.store(c, c21, HALF);
  c += strideC;
  v128.store(c, c30);
  v128.store(c, c31, HALF);
  c += strideC;
  v128.store(c, c40);
  v128.store(c, c41, HALF);
  if (!SIX_ROWS) return;
  c += strideC;
  v128.store(c, c50);
  v128.store(c, c51, HALF);
}

/** Neighbours of A, `nextA` bytes from one k to the next; two vectors of columns. */
export function columnTile<T>(
  a: usize, nextA: usize, b: usize, nextB: usize, depth: usize, start: usize, strideStart: usize, c: usize, strideC: usize,
): void {
  let s = start;
  let c00 = v128.load(s), c01 = v128.load(s, HALF);
  s += strideStart;
  let c10 = v128.load(s), c11 = v128.load(s, HALF);
  s += strideStart;
  let c20 = v128.load(s), c21 = v128.load(s, HALF);
  s += strideStart;
  let c30 = v128.load(s), c31 = v128.load(s, HALF);
  s += strideStart;
  let c40 = v128.load(s), c41 = v128.load(s, HALF);
  if (SIX_ROWS) s += strideStart;
  let c50 = v128.load(s), c51 = v128.load(s, HALF);
  const end = b + depth * nextB;
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
    if (SIX_ROWS) {
      const v5 = v128.load_splat<T>(a, 5 * sizeof<T>());
      c50 = madd<T>(v5, b0, c50);
      c51 = madd<T>(v5, b1, c51);
    }
    a += nextA;
    b += nextB;
  }
  v128.store(c, c00);
  v128.store(c, c01, HALF);
  c += strideC;
  v128.store(c, c10);
  v128.store(c, c11, HALF);
  c += strideC;
  v128.store(c, c20);
  v128.store(c, c21, HALF);
  c += strideC;
  v128.store(c, c30);
  v128.store(c, c31, HALF);
  c += strideC;
  v128.store(c, c40);
  v128.store(c, c41, HALF);
  if (!SIX_ROWS) return;
  c += strideC;
  v128.store(c, c50);
  v128.store(c, c51, HALF);
}

/** As `rowTile`, for one vector of columns and twice as many rows: the second half of them is `second` bytes after the first. */
export function rowHalfTile<T>(
  a: usize, strideA: usize, second: usize, b: usize, nextB: usize, depth: usize, start: usize, strideStart: usize, c: usize,
  strideC: usize,
): void {
  let s = start;
  let c0 = v128.load(s);
  s += strideStart;
  let c1 = v128.load(s);
  s += strideStart;
  let c2 = v128.load(s);
  s += strideStart;
  let c3 = v128.load(s);
  s += strideStart;
  let c4 = v128.load(s);
  if (SIX_ROWS) s += strideStart;
  let c5 = v128.load(s);
  s += strideStart;
  let d0 = v128.load(s);
  s += strideStart;
  let d1 = v128.load(s);
  s += strideStart;
  let d2 = v128.load(s);
  s += strideStart;
  let d3 = v128.load(s);
  s += strideStart;
  let d4 = v128.load(s);
  if (SIX_ROWS) s += strideStart;
  let d5 = v128.load(s);
  let a1 = a + strideA, a2 = a1 + strideA, a3 = a2 + strideA, a4 = a3 + strideA, a5 = a4 + strideA;
  const end = b + depth * nextB;
  while (b < end) {
    const b0 = v128.load(b);
    // One half after the other: in turns, the engine loads more than fits the registers, and takes 1.4 times as long.
    c0 = madd<T>(v128.load_splat<T>(a), b0, c0);
    c1 = madd<T>(v128.load_splat<T>(a1), b0, c1);
    c2 = madd<T>(v128.load_splat<T>(a2), b0, c2);
    c3 = madd<T>(v128.load_splat<T>(a3), b0, c3);
    c4 = madd<T>(v128.load_splat<T>(a4), b0, c4);
    if (SIX_ROWS) c5 = madd<T>(v128.load_splat<T>(a5), b0, c5);
    d0 = madd<T>(v128.load_splat<T>(a + second), b0, d0);
    d1 = madd<T>(v128.load_splat<T>(a1 + second), b0, d1);
    d2 = madd<T>(v128.load_splat<T>(a2 + second), b0, d2);
    d3 = madd<T>(v128.load_splat<T>(a3 + second), b0, d3);
    d4 = madd<T>(v128.load_splat<T>(a4 + second), b0, d4);
    if (SIX_ROWS) d5 = madd<T>(v128.load_splat<T>(a5 + second), b0, d5);
    a += sizeof<T>();
    a1 += sizeof<T>();
    a2 += sizeof<T>();
    a3 += sizeof<T>();
    a4 += sizeof<T>();
    a5 += sizeof<T>();
    b += nextB;
  }
  c = storeColumn(c, strideC, c0, c1, c2, c3, c4, c5);
  storeColumn(c, strideC, d0, d1, d2, d3, d4, d5);
}

/** As `columnTile`, for one vector of columns and twice as many rows; see `rowHalfTile`. */
export function columnHalfTile<T>(
  a: usize, nextA: usize, second: usize, b: usize, nextB: usize, depth: usize, start: usize, strideStart: usize, c: usize,
  strideC: usize,
): void {
  let s = start;
  let c0 = v128.load(s);
  s += strideStart;
  let c1 = v128.load(s);
  s += strideStart;
  let c2 = v128.load(s);
  s += strideStart;
  let c3 = v128.load(s);
  s += strideStart;
  let c4 = v128.load(s);
  if (SIX_ROWS) s += strideStart;
  let c5 = v128.load(s);
  s += strideStart;
  let d0 = v128.load(s);
  s += strideStart;
  let d1 = v128.load(s);
  s += strideStart;
  let d2 = v128.load(s);
  s += strideStart;
  let d3 = v128.load(s);
  s += strideStart;
  let d4 = v128.load(s);
  if (SIX_ROWS) s += strideStart;
  let d5 = v128.load(s);
  const end = b + depth * nextB;
  while (b < end) {
    const b0 = v128.load(b);
    c0 = madd<T>(v128.load_splat<T>(a), b0, c0);
    c1 = madd<T>(v128.load_splat<T>(a, sizeof<T>()), b0, c1);
    c2 = madd<T>(v128.load_splat<T>(a, 2 * sizeof<T>()), b0, c2);
    c3 = madd<T>(v128.load_splat<T>(a, 3 * sizeof<T>()), b0, c3);
    c4 = madd<T>(v128.load_splat<T>(a, 4 * sizeof<T>()), b0, c4);
    if (SIX_ROWS) c5 = madd<T>(v128.load_splat<T>(a, 5 * sizeof<T>()), b0, c5);
    const a2 = a + second;
    d0 = madd<T>(v128.load_splat<T>(a2), b0, d0);
    d1 = madd<T>(v128.load_splat<T>(a2, sizeof<T>()), b0, d1);
    d2 = madd<T>(v128.load_splat<T>(a2, 2 * sizeof<T>()), b0, d2);
    d3 = madd<T>(v128.load_splat<T>(a2, 3 * sizeof<T>()), b0, d3);
    d4 = madd<T>(v128.load_splat<T>(a2, 4 * sizeof<T>()), b0, d4);
    if (SIX_ROWS) d5 = madd<T>(v128.load_splat<T>(a2, 5 * sizeof<T>()), b0, d5);
    a += nextA;
    b += nextB;
  }
  c = storeColumn(c, strideC, c0, c1, c2, c3, c4, c5);
  storeColumn(c, strideC, d0, d1, d2, d3, d4, d5);
}

/**
 * A strip `step` bytes wide, times alpha: for each k its neighbours side by side, zeros after the last of `filled`. Up to a
 * vector after the neighbours is read too.
 */
export function packStrip<T>(
  to: usize, from: usize, neighbourStep: usize, depthStep: usize, filled: usize, step: usize, depth: usize, alpha: T,
): void {
  const end = to + depth * step;
  const size = sizeof<T>();
  if (filled * size == step && neighbourStep == size) {
    const alphas = v128.splat<T>(alpha);
    // Any excess is overwritten by the next copy.
    for (; to < end; to += step) {
      v128.store(to, v128.mul<T>(v128.load(from), alphas));
      if (step > HALF) v128.store(to, v128.mul<T>(v128.load(from, HALF), alphas), HALF);
      if (step > TILE) v128.store(to, v128.mul<T>(v128.load(from, TILE), alphas), TILE);
      from += depthStep;
    }
    return;
  }
  // One neighbour through all k: a test for each number costs four times as much.
  for (let i: usize = 0; i * size < step; i++) {
    let source = from + i * neighbourStep;
    const isThere = i < filled;
    for (let at = to + i * size; at < end; at += step) {
      store<T>(at, isThere ? <T>(load<T>(source) * alpha) : <T>0);
      source += depthStep;
    }
  }
}

/** Panels of op(B), times alpha, as strips; returns the end of what was written. */
export function packB<T>(to: usize, b: usize, rowStep: usize, columnStep: usize, columns: usize, depth: usize, alpha: T): usize {
  for (let j: usize = 0; j < columns; ) {
    const bytes = panelBytes<T>(columns - j);
    const panel = bytes / sizeof<T>();
    packStrip<T>(to, b + j * columnStep, columnStep, rowStep, min(columns - j, panel), bytes, depth, alpha);
    to += depth * bytes;
    j += panel;
  }
  return to;
}
