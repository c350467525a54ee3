import { type Backend, claim, type KernelHost, type Operand, type Real } from '@im2grade/engine';
import type { Geometry } from '@im2grade/nn';
import type { ConvolutionBackend } from '../convolution/ConvolutionBackend.ts';
import { type Extents, extents } from '../convolution/extents.ts';
import { convolutionKernels } from './convolutionKernels.ts';
import { hostProduct, isWorthHost } from './hostProduct.ts';

const WORDS = 14;

/** The kernels of `assembly/convolution.ts` in the memory of a backend, which may compute their products. */
export function wasmConvolution(backend: Backend, host: KernelHost): ConvolutionBackend {
  const { memory, staging } = host;
  const kernels = convolutionKernels(host, hostProduct(backend, host));
  // The sizes of each call are written here.
  const sizes = claim(memory, WORDS * 4).begin;
  const write = (geometry: Geometry): void => {
    const { B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX } = geometry;
    const words = [B, InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX, Number(isWorthHost(backend, geometry))];
    new Uint32Array(memory.buffer, sizes, WORDS).set(words);
  };
  const workspace: ConvolutionBackend['workspace'] = (geometry, { BYTES_PER_ELEMENT }) => {
    write(geometry);
    const bytes = BYTES_PER_ELEMENT === 8 ? kernels.convolutionBytes64 : kernels.convolutionBytes32;
    return Math.ceil(bytes(sizes) / BYTES_PER_ELEMENT);
  };
  return {
    workspace,

    forward(geometry, image, weights, biases, output, work) {
      const { input, result, scratch } = operandsOf(geometry, work);
      const kernel = output.BYTES_PER_ELEMENT === 8 ? kernels.convolutionForward64 : kernels.convolutionForward32;
      staging.run(
        output.BYTES_PER_ELEMENT,
        [input('image', image), input('weights', weights), input('biases', biases), result('output', output), scratch],
        ([i, w, b, o, s]) => {
          write(geometry);
          kernel(sizes, i, w, b, o, s);
        },
      );
    },

    backward(geometry, image, weights, dOutput, dWeights, dBiases, dImage, work) {
      const { input, result, scratch } = operandsOf(geometry, work);
      const kernel = dOutput.BYTES_PER_ELEMENT === 8 ? kernels.convolutionBackward64 : kernels.convolutionBackward32;
      staging.run(
        dOutput.BYTES_PER_ELEMENT,
        [
          input('image', image),
          input('weights', weights),
          input('output', dOutput),
          result('weights', dWeights),
          result('biases', dBiases),
          dImage ? result('image', dImage) : { ...scratch, length: 0 },
          scratch,
        ],
        ([i, w, o, dW, dB, dI, s]) => {
          write(geometry);
          kernel(sizes, i, w, o, dW, dB, dI, dImage !== undefined, s);
        },
      );
    },
  };
}

/** How the arrays of one convolution are brought to its kernel. */
function operandsOf(geometry: Geometry, workspace: Real) {
  const lengths = extents(geometry);
  const operand =
    (reads: boolean) =>
    (name: keyof Extents, values: Real): Operand => ({ values, length: lengths[name], reads, writes: !reads });
  const scratch: Operand = { values: workspace, length: workspace.length, reads: false, writes: false };
  return { input: operand(true), result: operand(false), scratch };
}
