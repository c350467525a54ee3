import type { TrainingPlan } from '@im2grade/nn';

/**
 * A LeNet in small: more maps, strides in place of pooling, a hidden layer, and larger steps of Adam.
 *
 * The reasons stand in `motivation.md`.
 */
export function tuned(): TrainingPlan {
  return {
    description: {
      layers: [
        { type: 'conv', KnY: 6, KnX: 6, KnC: 8, Sy: 2, Sx: 2, Py: 2, Px: 2 },
        { type: 'lrelu' },
        { type: 'conv', KnY: 4, KnX: 4, KnC: 12, Sy: 2, Sx: 2, Py: 1, Px: 1 },
        { type: 'lrelu' },
        { type: 'linear', size: 48 },
        { type: 'lrelu' },
        { type: 'linear', size: 10 },
        { type: 'softmax' },
      ],
    },
    optimizer: { type: 'adam', learningRate: 3e-3 },
    batchSize: 32,
    epochs: 3,
    seed: 7,
  };
}
