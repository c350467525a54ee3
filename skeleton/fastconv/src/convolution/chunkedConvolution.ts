import { gemm, type Geometry } from '@im2grade/nn';
import type { Real } from '@im2grade/engine';
import type { ConvolutionBackend } from './ConvolutionBackend.ts';
import { extents } from './extents.ts';
import { addPatches, layOutPatches } from './patches.ts';

/** Elements of the patches laid out at a time: they stay in the second-level cache. */
const CHUNK = 65536;
/** But at least as many patches: for each chunk the product packs the weights anew, which only pays off for many rows. */
const FEWEST = 120;
/** A chunk of large patches has no more elements than this. */
const MOST = 2 ** 20;

/** Convolution in plain TypeScript, by way of `gemm`; its workspace is one chunk of the matrix of all patches. */
export const chunkedConvolution: ConvolutionBackend = {
  workspace(geometry) {
    const { K, rows, most } = sizesOf(geometry);
    return Math.min(rows, most) * K;
  },

  forward(geometry, image, weights, biases, output, workspace) {
    const { KnC } = geometry;
    const { K } = sizesOf(geometry);
    eachChunk(geometry, (first, rows) => {
      const out = output.subarray(first * KnC, (first + rows) * KnC);
      repeat(biases.subarray(0, KnC), out);
      layOutPatches(geometry, image, workspace, first, rows);
      gemm('N', 'N', rows, KnC, K, 1, workspace, K, weights, KnC, 1, out, KnC);
    });
  },

  backward(geometry, image, weights, dOutput, dWeights, dBiases, dImage, workspace) {
    const { KnC } = geometry;
    const { K } = sizesOf(geometry);
    const lengths = extents(geometry);
    dWeights.fill(0, 0, lengths.weights);
    dBiases.fill(0, 0, lengths.biases);
    dImage?.fill(0, 0, lengths.image);
    eachChunk(geometry, (first, rows) => {
      const dOut = dOutput.subarray(first * KnC, (first + rows) * KnC);
      for (let row = 0; row < rows; row++) {
        for (let c = 0; c < KnC; c++) dBiases[c] += dOut[row * KnC + c];
      }
      layOutPatches(geometry, image, workspace, first, rows);
      gemm('T', 'N', K, KnC, rows, 1, workspace, K, dOut, KnC, 1, dWeights, KnC);
      if (!dImage) return;
      gemm('N', 'T', rows, K, KnC, 1, dOut, KnC, weights, KnC, 0, workspace, K);
      addPatches(geometry, workspace, dImage, first, rows);
    });
  },
};

/** Fills an array with copies of a row, twice as many at each step. */
function repeat(row: Real, into: Real): void {
  into.set(row);
  for (let done = row.length; done < into.length; done *= 2) into.copyWithin(done, 0, done);
}

/** Elements of a patch, patches of the batch, and the number of patches at a time. */
function sizesOf({ B, OpY, OpX, KnY, KnX, InC }: Geometry): { K: number; rows: number; most: number } {
  const K = KnY * KnX * InC;
  const elements = Math.min(MOST, Math.max(CHUNK, FEWEST * K));
  return { K, rows: B * OpY * OpX, most: Math.max(1, Math.floor(elements / K)) };
}

function eachChunk(geometry: Geometry, compute: (first: number, rows: number) => void): void {
  const { rows, most } = sizesOf(geometry);
  for (let first = 0; first < rows; first += most) compute(first, Math.min(most, rows - first));
}
