import { claim, type KernelHost, type Operand, type Real } from '@im2grade/engine';
import type { PoolGeometry } from '../pooling/PoolGeometry.ts';
import type { PoolingBackend } from '../pooling/PoolingBackend.ts';
import { poolingKernels } from './poolingKernels.ts';

const WORDS = 12;

/** The kernels of `assembly/pooling.ts` in the memory of a backend. */
export function wasmPooling(host: KernelHost): PoolingBackend {
  const { memory, staging } = host;
  const kernels = poolingKernels(host);
  // The sizes of each call are written here.
  const sizes = claim(memory, WORDS * 4).begin;
  const write = ({ B, InY, InX, C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX }: PoolGeometry): void =>
    new Uint32Array(memory.buffer, sizes, WORDS).set([B, InY, InX, C, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX]);
  return {
    forward(kind, geometry, image, output) {
      const { BYTES_PER_ELEMENT: bytes } = output;
      staging.run(bytes, [read(image), written(output)], ([from, to]) => {
        write(geometry);
        kernels[`${kind}Forward${bytes === 8 ? 64 : 32}`](sizes, from, to);
      });
    },

    backward(kind, geometry, image, output, dOutput, dImage) {
      const { BYTES_PER_ELEMENT: bytes } = dOutput;
      const operands = [...(kind === 'max' ? [read(image), read(output)] : []), read(dOutput), written(dImage)];
      staging.run(bytes, operands, (addresses) => {
        const [from, result, gradient, to] = kind === 'max' ? addresses : [0, 0, ...addresses];
        write(geometry);
        kernels[`${kind}Backward${bytes === 8 ? 64 : 32}`](sizes, from, result, gradient, to);
      });
    },
  };
}

const operand =
  (reads: boolean) =>
  (values: Real): Operand => ({ values, length: values.length, reads, writes: !reads });
const [read, written] = [operand(true), operand(false)];
