import { convGeometry, type Geometry } from '@im2grade/nn';
import type { Case, NamedCase } from './Case.ts';

const SQUARE = [256, 512, 1024];

/** The products of the exercise's networks: many rows, few columns. */
const TALL: readonly (readonly [M: number, K: number, N: number])[] = [
  [61952, 64, 4],
  [18432, 144, 8],
  [4608, 128, 16],
  [512, 144, 10],
];

const square = (In: number, InC: number, Kn: number, KnC: number, S: number, P: number, B: number): Geometry =>
  convGeometry({ B, InY: In, InX: In, InC, KnY: Kn, KnX: Kn, KnC, Sy: S, Sx: S, Py: P, Px: P });

/** From a first layer with one channel to layers that spend nearly all of their time in the product. */
const CONVOLUTIONS: Readonly<Record<string, Geometry>> = {
  S1: square(28, 1, 4, 8, 2, 1, 128),
  S2: square(28, 1, 5, 20, 1, 0, 64),
  S3: square(14, 16, 3, 32, 1, 1, 64),
  S4: square(32, 32, 5, 64, 1, 2, 32),
};

/**
 * A 5×5 convolution followed by the mean of 2×2 equals one of 6×6 with stride 2: so the network has the sizes of a
 * textbook's, without a layer that `nn` lacks.
 */
const EPOCH: Case = {
  kind: 'epoch',
  images: 10_000,
  batchSize: 64,
  geometry: square(28, 1, 6, 20, 2, 0, 1),
  hidden: 500,
  classes: 10,
  learningRate: 0.01,
  momentum: 0.5,
};

const product = (M: number, K: number, N: number): NamedCase => ({
  name: `gemm.${M === N ? M : `${M}x${K}x${N}`}`,
  title: M === N ? `gemm ${M}³` : `gemm ${M}×${K} · ${K}×${N}`,
  case: { kind: 'gemm', M, K, N },
});

const convolution = (name: string, geometry: Geometry, ways: 'forward' | 'both'): NamedCase => {
  const { B, InY, InC, KnY, KnC, Sy } = geometry;
  const sizes = `${B}×${InY}×${InY}×${InC}, ${KnC} kernels ${KnY}×${KnY}${Sy > 1 ? `, stride ${Sy}` : ''}`;
  return {
    name: `conv.${name}.${ways}`,
    title: `conv ${name} ${ways === 'forward' ? 'forward' : 'forward and backward'}: ${sizes}`,
    case: { kind: 'convolution', ways, geometry },
  };
};

/** All that is timed, in the order of the table. */
export const CASES: readonly NamedCase[] = [
  ...SQUARE.map((size) => product(size, size, size)),
  ...TALL.map(([M, K, N]) => product(M, K, N)),
  ...Object.entries(CONVOLUTIONS).map(([name, geometry]) => convolution(name, geometry, 'forward')),
  ...Object.entries(CONVOLUTIONS).map(([name, geometry]) => convolution(name, geometry, 'both')),
  { name: 'epoch', title: 'epoch of 10,000 images 28×28: conv 20×6×6 stride 2, linear 500, linear 10', case: EPOCH },
];
