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
