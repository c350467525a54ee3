import type { Real } from '@im2grade/nn';

/** Row by row, on the moments of all columns. */
export function batchNorm(x: Real, gamma: Real, beta: Real, N: number, D: number, epsilon: number, y: Real): void {
  const { means, deviations } = momentsOf(x, N, D, epsilon);
  for (let n = 0; n < N; n++)
    for (let d = 0; d < D; d++) y[n * D + d] = ((x[n * D + d] - means[d]) / deviations[d]) * gamma[d] + beta[d];
}

/** By the chain rule: through the outputs, the deviation and the mean. */
export function batchNormBackward(
  x: Real,
  gamma: Real,
  dy: Real,
  N: number,
  D: number,
  epsilon: number,
  dx: Real,
  dgamma: Real,
  dbeta: Real,
): void {
  const { means, deviations } = momentsOf(x, N, D, epsilon);
  dgamma.fill(0);
  dbeta.fill(0);
  const ofDeviation = new Float64Array(D);
  const ofMean = new Float64Array(D);
  for (let n = N - 1; n >= 0; n--)
    for (let d = 0; d < D; d++) {
      const [gradient, centred] = [dy[n * D + d], x[n * D + d] - means[d]];
      dgamma[d] += (gradient * centred) / deviations[d];
      dbeta[d] += gradient;
      ofDeviation[d] -= (gradient * gamma[d] * centred) / deviations[d] ** 2;
      ofMean[d] -= (gradient * gamma[d]) / deviations[d];
    }
  for (let n = 0; n < N; n++)
    for (let d = 0; d < D; d++) {
      const centred = x[n * D + d] - means[d];
      const direct = (dy[n * D + d] * gamma[d]) / deviations[d];
      dx[n * D + d] = direct + (ofDeviation[d] * centred) / (deviations[d] * N) + ofMean[d] / N;
    }
}

function momentsOf(x: Real, N: number, D: number, epsilon: number) {
  const means = new Float64Array(D);
  for (let i = 0; i < N * D; i++) means[i % D] += x[i] / N;
  const variances = new Float64Array(D);
  for (let i = 0; i < N * D; i++) variances[i % D] += (x[i] - means[i % D]) ** 2 / N;
  return { means, deviations: variances.map((variance) => Math.sqrt(variance + epsilon)) };
}
