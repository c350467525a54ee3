import { NotImplementedError, type Real } from '@im2grade/nn';

/**
 * Normalises each column over the batch, then scales and shifts it: y[n][d] = gamma[d] · (x[n][d] − μ[d]) / √(σ²[d] + ε)
 * + beta[d], with the mean μ[d] of the column and the mean σ²[d] of the squared distances from it.
 *
 * @param x - [N][D] the inputs, a row for each example; only read
 * @param gamma - [D] the scales; only read
 * @param beta - [D] the shifts; only read
 * @param N - the number of examples
 * @param D - the number of features
 * @param epsilon - ε, which is positive
 * @param y - [N][D] to fill with the outputs
 */
export function batchNorm(x: Real, gamma: Real, beta: Real, N: number, D: number, epsilon: number, y: Real): void {
  throw new NotImplementedError('batchNorm', 'task 1');
}

/**
 * The gradients of batchNorm: dbeta[d] = Σ_n dy[n][d], dgamma[d] = Σ_n dy[n][d] · x̂[n][d], and
 * dx[n][d] = gamma[d] / √(σ²[d] + ε) · (dy[n][d] − dbeta[d] / N − x̂[n][d] · dgamma[d] / N), with the normalised inputs
 * x̂[n][d] = (x[n][d] − μ[d]) / √(σ²[d] + ε).
 *
 * @param x - [N][D] the inputs; only read
 * @param gamma - [D] the scales; only read
 * @param dy - [N][D] the gradient with respect to the outputs; only read
 * @param N - the number of examples
 * @param D - the number of features
 * @param epsilon - ε, which is positive
 * @param dx - [N][D] to fill with the gradient with respect to the inputs
 * @param dgamma - [D] to fill with the gradient with respect to the scales
 * @param dbeta - [D] to fill with the gradient with respect to the shifts
 */
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
  throw new NotImplementedError('batchNormBackward', 'task 2');
}
