import { convGeometry, type Geometry } from '@im2grade/nn';
import { LARGE_BATCHES } from '@im2grade/kit';

/** Of which something remains when they are divided into blocks. Strassen's recursion on squares takes tenths of a second. */
export const BLOCKS: readonly Geometry[] = LARGE_BATCHES.filter(
  ({ B, OpY, OpX, KnY, KnX, InC, KnC }) => Math.max(B * OpY * OpX, KnY * KnX * InC, KnC) <= 128,
);

/** One of them, for properties that need no more. */
export const ONE_OF_BLOCKS: readonly Geometry[] = BLOCKS.slice(0, 1);

/** A prime number of rows: something remains of every block of fewer. */
export const MANY_ROWS: readonly Geometry[] = [convGeometry({ InY: 1, InX: 251, InC: 2, KnY: 1, KnX: 1, KnC: 3 })];

/** More elements of a patch, or maps, than blocks of 256 hold, and some remain. */
export const MANY_COLUMNS: readonly Geometry[] = [
  { InY: 1, InX: 2, InC: 300, KnY: 1, KnX: 1, KnC: 3 },
  { InY: 1, InX: 2, InC: 3, KnY: 1, KnX: 1, KnC: 300 },
].map((sizes) => convGeometry(sizes));

/** More rows than blocks of 1024 hold. */
export const LONG_COLUMNS: readonly Geometry[] = [convGeometry({ InY: 1, InX: 1100, InC: 2, KnY: 1, KnX: 1, KnC: 3 })];

/** Some maps remain when they are taken 2 to 16 at a time. */
export const SOME_MAPS: readonly Geometry[] = [5, 7, 9, 17].map((KnC) =>
  convGeometry({ InY: 1, InX: 2, KnY: 1, KnX: 1, KnC }),
);

/** More maps than a byte counts, with a sign and without; then more rows. */
export const MANY_MAPS: readonly Geometry[] = [
  { InY: 1, InX: 2, KnY: 1, KnX: 1, KnC: 130 },
  { InY: 1, InX: 2, KnY: 1, KnX: 1, KnC: 270 },
  { InY: 1, InX: 257, KnY: 1, KnX: 1, KnC: 5 },
].map((sizes) => convGeometry(sizes));

/** Matrices of more numbers than two bytes count: the images', the outputs', the kernel. */
export const LARGE_MATRICES: readonly Geometry[] = [
  { B: 257, InY: 16, InX: 16, KnY: 16, KnX: 16 },
  { B: 257, InY: 1, InX: 1, KnY: 1, KnX: 1, KnC: 256 },
  { InY: 16, InX: 16, KnY: 16, KnX: 16, KnC: 257 },
].map((sizes) => convGeometry(sizes));
