import type { Geometry } from '@im2grade/nn';

/** C = A · B with A `[M][K]` and B `[K][N]`, row-major float32. */
export interface GemmCase {
  readonly kind: 'gemm';
  readonly M: number;
  readonly K: number;
  readonly N: number;
}

/**
 * A convolution with biases, float32; images `[B][InY][InX][InC]`, kernel `[KnY][KnX][InC][KnC]`; candidates that
 * prefer another layout permute them. Both ways means the output, then the gradients of kernel, biases and images.
 */
export interface ConvolutionCase {
  readonly kind: 'convolution';
  readonly ways: 'forward' | 'both';
  readonly geometry: Geometry;
}

/**
 * One epoch over random images in a new order, float32: convolution, leaky rectifier, hidden layer, leaky rectifier,
 * ten outputs, softmax with cross-entropy; stochastic gradient descent with momentum.
 */
export interface EpochCase {
  readonly kind: 'epoch';
  readonly images: number;
  readonly batchSize: number;
  /** Of the convolution, for one image. */
  readonly geometry: Geometry;
  readonly hidden: number;
  readonly classes: number;
  readonly learningRate: number;
  readonly momentum: number;
}

export type Case = GemmCase | ConvolutionCase | EpochCase;

/** A case with its name. */
export interface NamedCase {
  /** What `--only` is compared with. */
  readonly name: string;
  readonly title: string;
  readonly case: Case;
}

/** Floating-point operations of the products in one call; the first layer of a network needs no gradient of its input. */
export function flopsOf(what: Case): number {
  switch (what.kind) {
    case 'gemm':
      return 2 * what.M * what.K * what.N;
    case 'convolution':
      return (what.ways === 'both' ? 3 : 1) * convolutionFlops(what.geometry);
    case 'epoch': {
      const { geometry, hidden, classes, batchSize } = what;
      const { OpY, OpX, KnC } = geometry;
      const linear = 2 * (OpY * OpX * KnC * hidden + hidden * classes);
      return Math.floor(what.images / batchSize) * batchSize * (2 * convolutionFlops(geometry) + 3 * linear);
    }
  }
}

const convolutionFlops = ({ B, OpY, OpX, KnY, KnX, InC, KnC }: Geometry): number =>
  2 * B * OpY * OpX * KnY * KnX * InC * KnC;
