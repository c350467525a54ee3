import type { ElementwiseBackend } from '../ElementwiseBackend.ts';

/** Plain TypeScript. */
export const typescriptElementwise: ElementwiseBackend = {
  momentumStep(parameters, gradients, steps, { momentum, learningRate, l2, share }) {
    for (let i = 0; i < parameters.length; i++) {
      steps[i] = momentum * steps[i] - learningRate * (gradients[i] * share + l2 * parameters[i]);
      parameters[i] += steps[i];
    }
  },

  adamStep(parameters, gradients, means, squares, { learningRate, l2, share, beta1, beta2, epsilon }) {
    for (let i = 0; i < parameters.length; i++) {
      const slope = gradients[i] * share + l2 * parameters[i];
      means[i] += (1 - beta1) * (slope - means[i]);
      squares[i] += (1 - beta2) * (slope * slope - squares[i]);
      parameters[i] -= (learningRate * means[i]) / (Math.sqrt(squares[i]) + epsilon);
    }
  },

  rectify(inputs, values, result, slope) {
    // Signs are hard to predict: a branch for each number costs four times as much as a table (3.9 against 0.9 ns).
    const slopes = Float64Array.of(slope, 1);
    for (let i = 0; i < result.length; i++) result[i] = values[i] * slopes[+(inputs[i] > 0)];
  },
};
