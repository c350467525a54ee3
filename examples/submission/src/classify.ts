import type { TrainingPlan } from '@im2grade/nn';

/** Two convolutions and a linear layer; Adam with a larger rate than the baseline's. */
export function tuned(): TrainingPlan {
  return {
    description: {
      layers: [
        { type: 'conv', KnY: 6, KnX: 6, KnC: 6, Sy: 2, Sx: 2, Py: 2, Px: 2 },
        { type: 'lrelu' },
        { type: 'conv', KnY: 4, KnX: 4, KnC: 10, Sy: 2, Sx: 2, Py: 1, Px: 1 },
        { type: 'lrelu' },
        { type: 'linear', size: 10 },
        { type: 'softmax' },
      ],
    },
    optimizer: { type: 'adam', learningRate: 3e-3 },
    batchSize: 32,
    epochs: 2,
    seed: 3,
  };
}
