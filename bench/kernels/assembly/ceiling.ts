// AssemblyScript. One tile over panels that fit into the first-level cache: the most that 128-bit arithmetic reaches on
// this machine at this moment. With FMA twelve accumulators, two vectors of B and one of A fill the registers of a
// core; without it a product needs one too, so the tile is one row lower. One step of k per loop body, because more of
// them would spill.

const DEPTH: usize = 256;
const HALF: usize = 16;
const ROWS: usize = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;
const TILE: usize = 32;

const A: usize = memory.data(6144, 64);
const B: usize = memory.data(8192, 64);
const C: usize = memory.data(192, 64);

@inline
function madd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(f32x4.mul(a, b), sum);
}

/** Exported, so that it stays a separate function: inlined, the engine would spill its accumulators. */
export function tile(a: usize, next: usize, b: usize, depth: usize, c: usize): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  const end = b + depth * TILE;
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, HALF);
    const v0 = v128.load32_splat(a);
    c00 = madd(v0, b0, c00);
    c01 = madd(v0, b1, c01);
    const v1 = v128.load32_splat(a, 4);
    c10 = madd(v1, b0, c10);
    c11 = madd(v1, b1, c11);
    const v2 = v128.load32_splat(a, 8);
    c20 = madd(v2, b0, c20);
    c21 = madd(v2, b1, c21);
    const v3 = v128.load32_splat(a, 12);
    c30 = madd(v3, b0, c30);
    c31 = madd(v3, b1, c31);
    const v4 = v128.load32_splat(a, 16);
    c40 = madd(v4, b0, c40);
    c41 = madd(v4, b1, c41);
    if (ROWS == 6) {
      const v5 = v128.load32_splat(a, 20);
      c50 = madd(v5, b0, c50);
      c51 = madd(v5, b1, c51);
    }
    a += next;
    b += TILE;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c, c10, 32);
  v128.store(c, c11, 48);
  v128.store(c, c20, 64);
  v128.store(c, c21, 80);
  v128.store(c, c30, 96);
  v128.store(c, c31, 112);
  v128.store(c, c40, 128);
  v128.store(c, c41, 144);
  if (ROWS == 6) {
    v128.store(c, c50, 160);
    v128.store(c, c51, 176);
  }
}

/** Fills both panels with ones. */
export function prepare(): void {
  for (let i: usize = 0; i < DEPTH * ROWS; i++) store<f32>(A + 4 * i, 1);
  for (let i: usize = 0; i < DEPTH * 8; i++) store<f32>(B + 4 * i, 1);
}

/** Floating-point operations of a tile. */
export function flops(): u32 {
  return 2 * <u32>ROWS * 8 * <u32>DEPTH;
}

export function run(tiles: u32): void {
  for (let i: u32 = 0; i < tiles; i++) tile(A, 4 * ROWS, B, DEPTH, C);
}

/** An element of the tile: DEPTH, if all is right. */
export function result(): f32 {
  return load<f32>(C, 156);
}
