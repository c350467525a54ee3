import type { NetworkDescription } from '../network/NetworkDescription.ts';
import { Adam } from '../optimizers/Adam.ts';
import { MomentumSGD } from '../optimizers/MomentumSGD.ts';
import type { Optimizer } from '../optimizers/Optimizer.ts';

export type OptimizerPlan =
  | {
      readonly type: 'adam';
      readonly learningRate: number;
      readonly l2?: number;
      readonly biasCorrection?: 'standard' | 'hpcse2018';
    }
  | { readonly type: 'momentum'; readonly learningRate: number; readonly momentum?: number; readonly l2?: number };

/** A network and how it is trained, as data. */
export interface TrainingPlan {
  readonly description: NetworkDescription;
  readonly optimizer: OptimizerPlan;
  readonly batchSize: number;
  readonly epochs: number;
  /** Of the initial parameters and of the order of the images. */
  readonly seed: number;
}

export const createOptimizer = (plan: OptimizerPlan): Optimizer =>
  plan.type === 'adam' ? new Adam(plan) : new MomentumSGD(plan);
