import type { ElementwiseBackend } from '../ElementwiseBackend.ts';
import type { Real } from '../../memory/Real.ts';
import type { Kernels } from './instantiateKernels.ts';
import type { Operand, Staging } from './staging.ts';

/** The kernels of `assembly/vectors.ts`: six times as fast as plain TypeScript, which has to round each number it stores. */
export function wasmElementwise(kernels: Kernels, staging: Staging): ElementwiseBackend {
  /** Calls a kernel of the arrays' precision with their addresses. */
  const run = (
    [first, ...others]: readonly Operand[],
    compute: (isDouble: boolean, addresses: readonly number[]) => void,
  ): void => {
    const { BYTES_PER_ELEMENT: bytes } = first.values;
    staging.run(bytes, [first, ...others], (addresses) => compute(bytes === 8, addresses));
  };
  return {
    momentumStep(parameters, gradients, steps, { momentum, learningRate, l2, share }) {
      const operands = [changed(parameters), read(gradients), changed(steps)];
      run(operands, (isDouble, [p, g, m]) => {
        const kernel = isDouble ? kernels.momentum64 : kernels.momentum32;
        kernel(p, g, m, parameters.length, momentum, learningRate, share, l2);
      });
    },

    adamStep(parameters, gradients, means, squares, { learningRate, l2, share, beta1, beta2, epsilon }) {
      const operands = [changed(parameters), read(gradients), changed(means), changed(squares)];
      run(operands, (isDouble, [p, g, m, v]) => {
        const kernel = isDouble ? kernels.adam64 : kernels.adam32;
        kernel(p, g, m, v, parameters.length, learningRate, share, l2, 1 - beta1, 1 - beta2, epsilon);
      });
    },

    rectify(inputs, values, result, slope) {
      run([read(inputs), read(values), written(result)], (isDouble, [x, v, r]) => {
        const kernel = isDouble ? kernels.rectify64 : kernels.rectify32;
        kernel(x, v, r, result.length, slope);
      });
    },
  };
}

const operand =
  (reads: boolean, writes: boolean) =>
  (values: Real): Operand => ({ values, length: values.length, reads, writes });
const [read, written, changed] = [operand(true, false), operand(false, true), operand(true, true)];
