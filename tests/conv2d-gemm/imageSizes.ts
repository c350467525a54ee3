import { convGeometry, type Geometry } from '@im2grade/nn';

/**
 * Images of more numbers than two bytes count, up to the borders of the last one. Images that are taken a few at a time
 * leave none over, neither of all nor of half of them.
 */
export const LARGE_WITH_PADDING: Geometry = convGeometry({
  B: 240,
  InY: 16,
  InX: 18,
  KnY: 2,
  KnX: 2,
  Sy: 2,
  Sx: 2,
  Py: 1,
  Px: 1,
});

/**
 * One image of more numbers than two bytes count, with and without a sign: with padding, with strides, and with both. So a
 * table of an image's pixels shows that is too narrow for them, even if it is only there for one of these.
 */
export const LARGE_WITH_FEATURES: readonly Geometry[] = [
  { InY: 262, InX: 258, KnY: 2, KnX: 1, Py: 1 },
  { InY: 262, InX: 258, KnY: 2, KnX: 2, Sy: 2, Sx: 2 },
  { InY: 262, InX: 258, KnY: 2, KnX: 2, Sy: 2, Sx: 2, Py: 1, Px: 1 },
].map((sizes) => convGeometry(sizes));

/** Strips of a large image, as long and as wide: what is wrong on few pixels is charged elsewhere. */
export const stripsOf = (g: Geometry): Geometry[] => [
  convGeometry({ ...g, InX: STRIP }),
  convGeometry({ ...g, InY: STRIP }),
];
const STRIP = 4;
