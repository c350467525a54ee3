import { criterion, followsReference } from '@im2grade/kit';
import { batchNorm, batchNormBackward } from './functions.ts';

criterion(
  'batch-norm.definition',
  followsReference(
    'Normalises each column over the batch, then scales and shifts it: y[n][d] = gamma[d] · (x[n][d] − μ[d]) / √(σ²[d] + ε) + beta[d], with the mean μ[d] of the column and the mean σ²[d] of the squared distances from it.',
    batchNorm,
  ),
  { seeded: true },
);
criterion(
  'batch-norm-backward.definition',
  followsReference(
    'The gradients of batchNorm: dbeta[d] = Σ_n dy[n][d], dgamma[d] = Σ_n dy[n][d] · x̂[n][d], and dx[n][d] = gamma[d] / √(σ²[d] + ε) · (dy[n][d] − dbeta[d] / N − x̂[n][d] · dgamma[d] / N), with the normalised inputs x̂[n][d] = (x[n][d] − μ[d]) / √(σ²[d] + ε).',
    batchNormBackward,
  ),
  { seeded: true },
);
