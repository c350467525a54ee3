// AssemblyScript. Pooling of NHWC images, forward and backward: the largest number or the mean of each channel in each window.
//
// A vector of channels at a time. Padding is never read: a maximum leaves it out, and to a mean its zeros add nothing.
import { get, put } from '../../engine/assembly/vectors';
import { HALF } from '../../engine/assembly/tiles';

let B: usize, InY: usize, InX: usize, C: usize, KnY: usize, KnX: usize;
let Sy: usize, Sx: usize, Py: usize, Px: usize, OpY: usize, OpX: usize;

/** Bytes of a pixel and of a row of the image. */
let pixel: usize, line: usize;
/** The part of the current window that is inside the image: the offset of its first pixel, and its sizes. */
let first: usize, rows: usize, columns: usize;

function readSizes<T>(sizes: usize): void {
  B = load<u32>(sizes); InY = load<u32>(sizes, 4); InX = load<u32>(sizes, 8); C = load<u32>(sizes, 12);
  KnY = load<u32>(sizes, 16); KnX = load<u32>(sizes, 20); Sy = load<u32>(sizes, 24); Sx = load<u32>(sizes, 28);
  Py = load<u32>(sizes, 32); Px = load<u32>(sizes, 36); OpY = load<u32>(sizes, 40); OpX = load<u32>(sizes, 44);
  pixel = C * sizeof<T>();
  line = InX * pixel;
}

@inline
function locate(b: usize, oy: usize, ox: usize): void {
  const top = max(oy * Sy, Py) - Py, left = max(ox * Sx, Px) - Px;
  rows = min(InY, oy * Sy + KnY - Py) - top;
  columns = min(InX, ox * Sx + KnX - Px) - left;
  first = (b * InY + top) * line + left * pixel;
}

@inline
function pooledAt<T>(isMax: bool, from: usize, share: v128, isWhole: bool): v128 {
  let result = isMax ? get<T>(from, isWhole) : v128.splat<T>(0);
  for (let y: usize = 0; y < rows; y++) {
    let at = from + y * line;
    for (let x: usize = 0; x < columns; x++) {
      const value = get<T>(at, isWhole);
      result = isMax ? v128.max<T>(result, value) : v128.add<T>(result, value);
      at += pixel;
    }
  }
  return isMax ? result : v128.mul<T>(result, share);
}

@inline
function forward<T>(isMax: bool, sizes: usize, image: usize, output: usize): void {
  readSizes<T>(sizes);
  const share = v128.splat<T>(<T>1 / <T>(KnY * KnX));
  for (let b: usize = 0; b < B; b++) {
    for (let oy: usize = 0; oy < OpY; oy++) {
      for (let ox: usize = 0; ox < OpX; ox++) {
        locate(b, oy, ox);
        let c: usize = 0;
        for (; c + HALF <= pixel; c += HALF)
          put<T>(output + c, pooledAt<T>(isMax, image + first + c, share, true), true);
        for (; c < pixel; c += sizeof<T>())
          put<T>(output + c, pooledAt<T>(isMax, image + first + c, share, false), false);
        output += pixel;
      }
    }
  }
}

/** Adds the gradient of one output to its window: to the first of the largest, or a share to all. */
@inline
function spreadAt<T>(
  isMax: bool, image: usize, output: usize, dOutput: usize, dImage: usize, share: v128, isWhole: bool,
): void {
  const gradient = isMax ? get<T>(dOutput, isWhole) : v128.mul<T>(get<T>(dOutput, isWhole), share);
  const largest = isMax ? get<T>(output, isWhole) : gradient;
  let open = v128.splat<i32>(-1);
  for (let y: usize = 0; y < rows; y++) {
    let at = y * line;
    for (let x: usize = 0; x < columns; x++) {
      let own = gradient;
      if (isMax) {
        const isFirst = v128.and(v128.eq<T>(get<T>(image + at, isWhole), largest), open);
        open = v128.andnot(open, isFirst);
        own = v128.and(isFirst, gradient);
      }
      put<T>(dImage + at, v128.add<T>(get<T>(dImage + at, isWhole), own), isWhole);
      at += pixel;
    }
  }
}

@inline
function backward<T>(isMax: bool, sizes: usize, image: usize, output: usize, dOutput: usize, dImage: usize): void {
  readSizes<T>(sizes);
  memory.fill(dImage, 0, B * InY * line);
  const share = v128.splat<T>(<T>1 / <T>(KnY * KnX));
  for (let b: usize = 0; b < B; b++) {
    for (let oy: usize = 0; oy < OpY; oy++) {
      for (let ox: usize = 0; ox < OpX; ox++) {
        locate(b, oy, ox);
        let c: usize = 0;
        for (; c + HALF <= pixel; c += HALF)
          spreadAt<T>(isMax, image + first + c, output + c, dOutput + c, dImage + first + c, share, true);
        for (; c < pixel; c += sizeof<T>())
          spreadAt<T>(isMax, image + first + c, output + c, dOutput + c, dImage + first + c, share, false);
        output += pixel;
        dOutput += pixel;
      }
    }
  }
}

/** The largest of each window. */
export function maxForward32(sizes: usize, image: usize, output: usize): void {
  forward<f32>(true, sizes, image, output);
}

/** Float64; as `maxForward32`. */
export function maxForward64(sizes: usize, image: usize, output: usize): void {
  forward<f64>(true, sizes, image, output);
}

/** The mean of each window. */
export function meanForward32(sizes: usize, image: usize, output: usize): void {
  forward<f32>(false, sizes, image, output);
}

/** Float64; as `meanForward32`. */
export function meanForward64(sizes: usize, image: usize, output: usize): void {
  forward<f64>(false, sizes, image, output);
}

/** Overwrites `dImage`. */
export function maxBackward32(sizes: usize, image: usize, output: usize, dOutput: usize, dImage: usize): void {
  backward<f32>(true, sizes, image, output, dOutput, dImage);
}

/** Float64; as `maxBackward32`. */
export function maxBackward64(sizes: usize, image: usize, output: usize, dOutput: usize, dImage: usize): void {
  backward<f64>(true, sizes, image, output, dOutput, dImage);
}

/** Overwrites `dImage`; reads neither `image` nor `output`. */
export function meanBackward32(sizes: usize, image: usize, output: usize, dOutput: usize, dImage: usize): void {
  backward<f32>(false, sizes, image, output, dOutput, dImage);
}

/** Float64; as `meanBackward32`. */
export function meanBackward64(sizes: usize, image: usize, output: usize, dOutput: usize, dImage: usize): void {
  backward<f64>(false, sizes, image, output, dOutput, dImage);
}
