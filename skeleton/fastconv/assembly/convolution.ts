// AssemblyScript. Convolution of NHWC images, forward and backward, in chunks.
//
// The matrix of all patches (col) is never built: images are copied into a buffer with zeros around them, a chunk of patches
// that stays in the first-level cache is laid out from there, multiplied, and forgotten. Backward the same buffer takes the
// gradient of the chunk's patches, which is added to the padded gradient image before the next chunk.
//
// The products of a chunk are computed by the tiles, or by the host if it says so: a native library is faster than WebAssembly.
//
// The caller passes the addresses of the arrays. Nothing is kept from one call to the next: the variables below are the sizes and the
// layout of the call that runs.
import { columnHalfTile, columnTile, HALF, madd, MR, packB, rowHalfTile, rowTile, rowTileInline, TALL, TILE } from '../../engine/assembly/tiles';

/** Bytes of patches laid out at a time: with the outputs of their pixels they stay in the first-level cache. */
const CHUNK: usize = 16 * 1024;
/** Patches laid out at a time at least: with fewer, a tile of dW would spend too much on loading and storing its sums. */
const LEAST: usize = 96;
/** The parts of the workspace begin at multiples of this. */
const LINE: usize = 64;

let B: usize, InY: usize, InX: usize, InC: usize, KnY: usize, KnX: usize, KnC: usize;
let Sy: usize, Sx: usize, Py: usize, Px: usize, OpY: usize, OpX: usize;
/** Whether the host computes the products. */
let byHost: bool;

/**
 * C = op(A) · op(B), plus C if `adds`, computed by the module's host.
 *
 * @param bytes - of a number
 * @param a - address of A; op(A) is M×K, the stored rows are `lda` numbers apart; likewise for the others
 */
@external('env', 'product')
declare function product(
  bytes: usize, transA: bool, transB: bool, M: usize, N: usize, K: usize, a: usize, lda: usize, b: usize, ldb: usize,
  adds: bool, c: usize, ldc: usize,
): void;

/** Elements of a patch. */
let K: usize;
/** Bytes from one patch to the next, and from one pixel of a padded dOutput or row of dWeights to the next. */
let stridePatch: usize, strideOut: usize;
/** Bytes of a padded image and of its row. */
let paddedBytes: usize, paddedRow: usize;
/** Images padded at a time, patches laid out at a time. */
let group: usize, chunk: usize;

// Addresses of the parts of the workspace.
let patches: usize, padded: usize, dPadded: usize, panels: usize, dW: usize, dB: usize, biasRow: usize, dOut: usize, tile: usize;

@inline
function rounded(value: usize, step: usize): usize {
  return (value + step - 1) / step * step;
}

/** Reads the sizes and lays out the workspace; returns the end of it. */
function layOut<T>(sizes: usize, workspace: usize): usize {
  B = load<u32>(sizes); InY = load<u32>(sizes, 4); InX = load<u32>(sizes, 8); InC = load<u32>(sizes, 12);
  KnY = load<u32>(sizes, 16); KnX = load<u32>(sizes, 20); KnC = load<u32>(sizes, 24);
  Sy = load<u32>(sizes, 28); Sx = load<u32>(sizes, 32); Py = load<u32>(sizes, 36); Px = load<u32>(sizes, 40);
  OpY = load<u32>(sizes, 44); OpX = load<u32>(sizes, 48); byHost = load<u32>(sizes, 52) != 0;

  K = KnY * KnX * InC;
  const run = KnX * InC * sizeof<T>();
  stridePatch = rounded((KnY - 1) * run + rounded(run, HALF), HALF);
  // Patches a multiple of 512 bytes apart would share a few sets of the cache.
  if (stridePatch % 512 == 0) stridePatch += LINE;
  strideOut = rounded(KnC * sizeof<T>(), HALF);
  paddedRow = (InX + 2 * Px) * InC * sizeof<T>();
  paddedBytes = (InY + 2 * Py) * paddedRow;

  const pixels = OpY * OpX;
  const most = max(CHUNK / stridePatch, LEAST);
  group = min(max(most / pixels, 1), B);
  const parts = (pixels + most - 1) / most;
  chunk = parts > 1 ? rounded((pixels + parts - 1) / parts, MR) : group * pixels;

  // One more line if a vector may reach past the end, a tile's rows more if a tile may.
  patches = rounded(workspace, LINE);
  padded = rounded(patches + (chunk + TALL) * stridePatch + LINE, LINE);
  dPadded = rounded(padded + group * paddedBytes + LINE, LINE);
  panels = rounded(dPadded + group * paddedBytes + LINE, LINE);
  dW = rounded(panels + max(K * strideOut, KnC * stridePatch), LINE);
  dB = rounded(dW + (K + TALL) * strideOut, LINE);
  biasRow = rounded(dB + strideOut, LINE);
  dOut = rounded(biasRow + max(strideOut, stridePatch) + TILE, LINE);
  tile = rounded(dOut + (chunk + TALL) * strideOut, LINE);
  return tile + TALL * TILE;
}

/** Copies exactly `bytes`. */
@inline
function copy<T>(to: usize, from: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + HALF <= bytes; i += HALF) v128.store(to + i, v128.load(from + i));
  for (; i < bytes; i += sizeof<T>()) store<T>(to + i, load<T>(from + i));
}

/** Copies images inside their zeros. */
function pad<T>(images: usize, count: usize): void {
  const row = InX * InC * sizeof<T>();
  const inside = padded + Py * paddedRow + Px * InC * sizeof<T>();
  for (let b: usize = 0; b < count; b++) {
    for (let y: usize = 0; y < InY; y++) {
      copy<T>(inside + b * paddedBytes + y * paddedRow, images, row);
      images += row;
    }
  }
}

/** Copies gradient images out of the padded ones. */
function crop<T>(images: usize, count: usize): void {
  const row = InX * InC * sizeof<T>();
  const inside = dPadded + Py * paddedRow + Px * InC * sizeof<T>();
  for (let b: usize = 0; b < count; b++) {
    for (let y: usize = 0; y < InY; y++) {
      copy<T>(images, inside + b * paddedBytes + y * paddedRow, row);
      images += row;
    }
  }
}

/** Lays out the patches of `count` neighbouring output pixels whose first begins at `from` in the padded image. */
function layOutLine<T>(to: usize, from: usize, count: usize): void {
  const run = KnX * InC * sizeof<T>();
  const stepX = Sx * InC * sizeof<T>();
  const stride = stridePatch;
  if (run > TILE) {
    for (let p: usize = 0; p < count; p++) {
      let source = from + p * stepX;
      let target = to + p * stride;
      for (let ky: usize = 0; ky < KnY; ky++) {
        // Any excess is overwritten by the next run, or falls into the gap after the patch.
        for (let i: usize = 0; i < run; i += HALF) v128.store(target + i, v128.load(source + i));
        target += run;
        source += paddedRow;
      }
    }
    return;
  }
  // Short runs: one of each patch at a time, so that the inner loop is long.
  for (let ky: usize = 0; ky < KnY; ky++) {
    const end = to + count * stride;
    let source = from;
    if (run > HALF) {
      for (let target = to; target < end; target += stride) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, HALF), HALF);
        source += stepX;
      }
    } else {
      for (let target = to; target < end; target += stride) {
        v128.store(target, v128.load(source));
        source += stepX;
      }
    }
    to += run;
    from += paddedRow;
  }
}

/** Adds the gradients of every `step`-th of neighbouring patches to the padded gradient image; the adjoint of `layOutLine`. */
function addLine<T>(to: usize, from: usize, count: usize, step: usize): void {
  const run = KnX * InC * sizeof<T>();
  const patch = KnY * run;
  const row = paddedRow;
  const end = from + count * stridePatch;
  const nextTo = step * Sx * InC * sizeof<T>();
  const nextFrom = step * stridePatch;
  // The bytes of a run's last vector that belong to it.
  const rest = (run - 1) % HALF + 1;
  const mask = i8x16.lt_u(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>rest));
  // One vector of each patch at a time, for a longer inner loop: 1.03 times as fast.
  if (run == HALF) {
    for (const last = from + patch; from < last; from += HALF) {
      let target = to;
      for (let source = from; source < end; source += nextFrom) {
        addVector<T>(target, source);
        target += nextTo;
      }
      to += row;
    }
    return;
  }
  for (; from < end; from += nextFrom) {
    const last = from + patch;
    let target = to;
    // Runs of one or two vectors, as of one channel, without a loop over them: 1.7 times as fast.
    if (run <= HALF) {
      for (let source = from; source < last; source += run) {
        addMasked<T>(target, source, mask);
        target += row;
      }
    } else if (run <= TILE) {
      for (let source = from; source < last; source += run) {
        addVector<T>(target, source);
        addMasked<T>(target + HALF, source + HALF, mask);
        target += row;
      }
    } else {
      const whole = run - rest;
      for (let source = from; source < last; source += run) {
        for (let i: usize = 0; i < whole; i += HALF) addVector<T>(target + i, source + i);
        addMasked<T>(target + whole, source + whole, mask);
        target += row;
      }
    }
    to += nextTo;
  }
}

@inline
function addVector<T>(to: usize, from: usize): void {
  v128.store(to, v128.add<T>(v128.load(to), v128.load(from)));
}

@inline
function addMasked<T>(to: usize, from: usize, mask: v128): void {
  v128.store(to, v128.add<T>(v128.load(to), v128.and(v128.load(from), mask)));
}

/** Lays out the patches of `count` output pixels from `first` on, counted through the group of images. */
function layOutPatches<T>(first: usize, count: usize): void {
  eachLine<T>(first, count, false, 0, 1);
}

/**
 * Adds the gradients of these patches to the padded gradient images. A load that partly overlaps a store just made waits for
 * it; so neighbours that overlap are taken in different passes through the chunk.
 */
function addPatches<T>(first: usize, count: usize): void {
  const stepX = Sx * InC * sizeof<T>();
  const reach = rounded(KnX * InC * sizeof<T>(), HALF);
  const passes = min((reach + stepX - 1) / stepX, OpX);
  for (let pass: usize = 0; pass < passes; pass++) eachLine<T>(first, count, true, pass, passes);
}

/** Lays out the patches of each line, or adds every `passes`-th of them, from the pass's own on. */
function eachLine<T>(first: usize, count: usize, adds: bool, pass: usize, passes: usize): void {
  const stepX = Sx * InC * sizeof<T>();
  let patch = patches;
  let image = first / (OpY * OpX);
  let oy = first / OpX % OpY;
  let ox = first % OpX;
  while (count) {
    const pixels = min(OpX - ox, count);
    const pixel = image * paddedBytes + oy * Sy * paddedRow + ox * stepX;
    if (!adds) layOutLine<T>(patch, padded + pixel, pixels);
    else if (pass < pixels)
      addLine<T>(dPadded + pixel + pass * stepX, patch + pass * stridePatch, pixels - pass, passes);
    patch += pixels * stridePatch;
    count -= pixels;
    ox = 0;
    if (++oy == OpY) {
      oy = 0;
      image++;
    }
  }
}

/** Whole tiles of a panel below each other. In a loop of their own, 4×4 kernels of one channel are 1.08 times as fast. */
function wholeTiles<T>(
  a: usize, strideA: usize, tiles: usize, b: usize, bytes: usize, depth: usize, start: usize, c: usize, strideC: usize,
): void {
  if (bytes == HALF) {
    for (; tiles > 0; tiles--) {
      rowHalfTile<T>(a, strideA, MR * strideA, b, HALF, depth, start, 0, c, strideC);
      a += TALL * strideA;
      c += TALL * strideC;
    }
  } else {
    for (; tiles > 0; tiles--) {
      rowTileInline<T>(a, strideA, b, TILE, depth, start, 0, c, strideC);
      a += MR * strideA;
      c += MR * strideC;
    }
  }
}

/**
 * C = start + A · panels, row by row of A; `start` is one row that all rows begin from. A may be read a tile's rows far.
 *
 * The last tile begins early enough to be whole, and computes again what it shares with the one before. A vector that
 * reaches past the end of a row of C spoils the next row, which is written later: rows ascend, and the last panel, the only
 * one that may reach past it, comes first.
 */
function multiply<T>(
  a: usize, strideA: usize, rows: usize, depth: usize, start: usize, c: usize, strideC: usize, columns: usize,
): void {
  const width = TILE / sizeof<T>();
  for (let panel = (columns + width - 1) / width; panel > 0; panel--) {
    const j = (panel - 1) * TILE;
    const left = min(columns * sizeof<T>() - j, TILE);
    const bytes: usize = left <= HALF ? HALF : TILE;
    const b = panels + j * depth;
    const height = bytes == HALF ? TALL : MR;
    // Nothing may be written after the last row.
    const spoilt = (bytes - left + strideC - 1) / strideC;
    const tiles = rows > spoilt ? (rows - spoilt) / height : 0;
    wholeTiles<T>(a, strideA, tiles, b, bytes, depth, start + j, c + j, strideC);
    for (let i = tiles * height; i < rows; i += height) {
      const row = rows < height ? <usize>0 : min(i, rows - height);
      const at = c + row * strideC + j;
      const isWhole = rows >= height + spoilt && row + height + spoilt <= rows;
      const to = isWhole ? at : tile;
      const strideTo = isWhole ? strideC : TILE;
      const from = a + row * strideA;
      if (bytes == HALF) rowHalfTile<T>(from, strideA, MR * strideA, b, HALF, depth, start + j, 0, to, strideTo);
      else rowTile<T>(from, strideA, b, TILE, depth, start + j, 0, to, strideTo);
      if (isWhole) continue;
      for (let r: usize = 0; r < min(rows, height); r++) copy<T>(at + r * strideC, tile + r * TILE, left);
    }
  }
}

/** dW += patchesᵀ · dOutput, both read in place, `strideOut` bytes from one pixel of dOutput to the next. */
function addWeightGradients<T>(dOutput: usize, rows: usize): void {
  const size = sizeof<T>();
  const nextOut = strideOut / size;
  if (byHost) return product(size, true, false, K, KnC, rows, patches, stridePatch / size, dOutput, nextOut, true, dW, nextOut);
  for (let j: usize = 0; j < strideOut; j += TILE) {
    const isHalf = strideOut - j == HALF;
    const b = dOutput + j;
    const height = isHalf ? TALL : MR;
    // A row that is left alone would take as long as a whole tile: without it, 5×5 kernels are 1.04 times as fast.
    const end = K % height == 1 ? K - 1 : K;
    for (let k: usize = 0; k < end; k += height) {
      const a = patches + k * size;
      const c = dW + k * strideOut + j;
      if (isHalf) columnHalfTile<T>(a, stridePatch, MR * size, b, strideOut, rows, c, strideOut, c, strideOut);
      else columnTile<T>(a, stridePatch, b, strideOut, rows, c, strideOut, c, strideOut);
    }
    if (end == K) continue;
    const a = patches + end * size;
    const c = dW + end * strideOut + j;
    addScaledRows<T>(a, b, rows, c);
    if (!isHalf) addScaledRows<T>(a, b + HALF, rows, c + HALF);
  }
}

/** One vector of C plus those of B, each times a number of A. */
function addScaledRows<T>(a: usize, b: usize, rows: usize, c: usize): void {
  let s0 = v128.load(c), s1 = v128.splat<T>(0), s2 = s1, s3 = s1;
  const end = b + rows * strideOut;
  for (; b + 3 * strideOut < end; b += 4 * strideOut) {
    s0 = madd<T>(v128.load_splat<T>(a), v128.load(b), s0);
    a += stridePatch;
    s1 = madd<T>(v128.load_splat<T>(a), v128.load(b + strideOut), s1);
    a += stridePatch;
    s2 = madd<T>(v128.load_splat<T>(a), v128.load(b + 2 * strideOut), s2);
    a += stridePatch;
    s3 = madd<T>(v128.load_splat<T>(a), v128.load(b + 3 * strideOut), s3);
    a += stridePatch;
  }
  for (; b < end; b += strideOut, a += stridePatch) s0 = madd<T>(v128.load_splat<T>(a), v128.load(b), s0);
  v128.store(c, v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
}

/** dB += the columns of dOutput. */
function addBiasGradients<T>(dOutput: usize, rows: usize): void {
  const end = dOutput + rows * strideOut;
  for (let j: usize = 0; j < strideOut; j += HALF) {
    // A sum waits for the one before: with four of them, a fourth of the time.
    let s0 = v128.load(dB + j), s1 = v128.splat<T>(0), s2 = s1, s3 = s1;
    let from = dOutput + j;
    for (; from + 3 * strideOut < end; from += 4 * strideOut) {
      s0 = v128.add<T>(s0, v128.load(from));
      s1 = v128.add<T>(s1, v128.load(from + strideOut));
      s2 = v128.add<T>(s2, v128.load(from + 2 * strideOut));
      s3 = v128.add<T>(s3, v128.load(from + 3 * strideOut));
    }
    for (; from < end; from += strideOut) s0 = v128.add<T>(s0, v128.load(from));
    v128.store(dB + j, v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
  }
}

/** The biases plus the patches times the weights, by the host. */
function addProduct<T>(rows: usize, weights: usize, output: usize): void {
  const size = sizeof<T>();
  for (let r: usize = 0; r < rows; r++) copy<T>(output + r * KnC * size, biasRow, KnC * size);
  product(size, false, false, rows, KnC, K, patches, stridePatch / size, weights, KnC, true, output, KnC);
}

function forward<T>(sizes: usize, image: usize, weights: usize, biases: usize, output: usize, workspace: usize): void {
  layOut<T>(sizes, workspace);
  const pixels = OpY * OpX;
  const stride = KnC * sizeof<T>();
  if (!byHost) packB<T>(panels, weights, stride, sizeof<T>(), KnC, K, 1);
  copy<T>(biasRow, biases, stride);
  memory.fill(padded, 0, group * paddedBytes);
  for (let b: usize = 0; b < B; b += group) {
    const images = min(group, B - b);
    pad<T>(image + b * InY * InX * InC * sizeof<T>(), images);
    for (let p: usize = 0; p < images * pixels; p += chunk) {
      const rows = min(chunk, images * pixels - p);
      layOutPatches<T>(p, rows);
      const out = output + (b * pixels + p) * stride;
      if (byHost) addProduct<T>(rows, weights, out);
      else multiply<T>(patches, stridePatch, rows, K, biasRow, out, stride, KnC);
    }
  }
}

function backward<T>(
  sizes: usize, image: usize, weights: usize, dOutput: usize, dWeights: usize, dBiases: usize, dImage: usize, needsImage: bool,
  workspace: usize,
): void {
  layOut<T>(sizes, workspace);
  const pixels = OpY * OpX;
  const size = sizeof<T>();
  const imageBytes = InY * InX * InC * size;
  const stride = KnC * size;
  if (needsImage && !byHost) packB<T>(panels, weights, size, stride, K, KnC, 1);
  memory.fill(padded, 0, group * paddedBytes);
  memory.fill(dW, 0, (K + TALL) * strideOut);
  memory.fill(dB, 0, strideOut);
  // The patches' gradients begin from zeros.
  memory.fill(biasRow, 0, stridePatch + TILE);
  for (let b: usize = 0; b < B; b += group) {
    const images = min(group, B - b);
    pad<T>(image + b * imageBytes, images);
    if (needsImage) memory.fill(dPadded, 0, images * paddedBytes);
    for (let p: usize = 0; p < images * pixels; p += chunk) {
      const rows = min(chunk, images * pixels - p);
      let gradient = dOutput + (b * pixels + p) * stride;
      // If a tile would reach past the end of dOutput, a copy is read.
      if (stride != strideOut || rows < TALL) {
        for (let r: usize = 0; r < rows; r++) copy<T>(dOut + r * strideOut, gradient + r * stride, stride);
        gradient = dOut;
      }
      layOutPatches<T>(p, rows);
      addBiasGradients<T>(gradient, rows);
      addWeightGradients<T>(gradient, rows);
      if (!needsImage) continue;
      const nextPatch = stridePatch / size;
      if (byHost)
        product(size, false, true, rows, K, KnC, gradient, strideOut / size, weights, KnC, false, patches, nextPatch);
      else multiply<T>(gradient, strideOut, rows, KnC, biasRow, patches, stridePatch, rounded(K, HALF / size));
      addPatches<T>(p, rows);
    }
    if (needsImage) crop<T>(dImage + b * imageBytes, images);
  }
  for (let k: usize = 0; k < K; k++) copy<T>(dWeights + k * stride, dW + k * strideOut, stride);
  copy<T>(dBiases, dB, stride);
}

/**
 * Bytes of workspace that the float32 functions need.
 *
 * @param sizes - 14 unsigned 32-bit words: B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX, and whether the host
 *   computes the products; B images in this call
 */
export function convolutionBytes32(sizes: usize): usize {
  return layOut<f32>(sizes, 0) + LINE;
}

/** Float64; as `convolutionBytes32`. */
export function convolutionBytes64(sizes: usize): usize {
  return layOut<f64>(sizes, 0) + LINE;
}

/** Overwrites `output` `[B][OpY][OpX][KnC]`. */
export function convolutionForward32(
  sizes: usize, image: usize, weights: usize, biases: usize, output: usize, workspace: usize,
): void {
  forward<f32>(sizes, image, weights, biases, output, workspace);
}

/** Float64; as `convolutionForward32`. */
export function convolutionForward64(
  sizes: usize, image: usize, weights: usize, biases: usize, output: usize, workspace: usize,
): void {
  forward<f64>(sizes, image, weights, biases, output, workspace);
}

/** Overwrites `dWeights` and `dBiases` with sums over the images, and `dImage` if it is needed. */
export function convolutionBackward32(
  sizes: usize, image: usize, weights: usize, dOutput: usize, dWeights: usize, dBiases: usize, dImage: usize, needsImage: bool,
  workspace: usize,
): void {
  backward<f32>(sizes, image, weights, dOutput, dWeights, dBiases, dImage, needsImage, workspace);
}

/** Float64; as `convolutionBackward32`. */
export function convolutionBackward64(
  sizes: usize, image: usize, weights: usize, dOutput: usize, dWeights: usize, dBiases: usize, dImage: usize, needsImage: bool,
  workspace: usize,
): void {
  backward<f64>(sizes, image, weights, dOutput, dWeights, dBiases, dImage, needsImage, workspace);
}
