// AssemblyScript. The optimiser inlines a function that has one caller, and a tile's sums no longer fit the registers there:
// products take twice as long. So each module exports another caller of all of them, which is never called.
import { columnHalfTile, columnTile, packB, rowHalfTile, rowTile } from './tiles';

function keep<T>(which: i32, a: usize, nextA: usize, b: usize, nextB: usize, depth: usize, c: usize, nextC: usize): void {
  if (which == 0) rowTile<T>(a, nextA, b, nextB, depth, c, nextC, c, nextC);
  else if (which == 1) columnTile<T>(a, nextA, b, nextB, depth, c, nextC, c, nextC);
  else if (which == 2) rowHalfTile<T>(a, nextA, nextC, b, nextB, depth, c, nextC, c, nextC);
  else if (which == 3) columnHalfTile<T>(a, nextA, nextC, b, nextB, depth, c, nextC, c, nextC);
  else packB<T>(c, b, nextB, nextA, depth, nextC, 1);
}

/** C += A · B for one tile of C. */
export function tile32(which: i32, a: usize, nextA: usize, b: usize, nextB: usize, depth: usize, c: usize, nextC: usize): void {
  keep<f32>(which, a, nextA, b, nextB, depth, c, nextC);
}

/** Float64; as `tile32`. */
export function tile64(which: i32, a: usize, nextA: usize, b: usize, nextB: usize, depth: usize, c: usize, nextC: usize): void {
  keep<f64>(which, a, nextA, b, nextB, depth, c, nextC);
}
