import type { InputSize, TrainingPlan } from '@im2grade/nn';
import { CriterionFailure } from '@im2grade/kit';
import * as z from 'zod';
import { type PlanCost, planCost, type Work } from './planCost.ts';

const size = z.number().int().min(1).max(1024);
const padding = z.number().int().min(0).max(28);

const Layer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('conv'),
    KnY: size,
    KnX: size,
    KnC: size,
    Sy: size.optional(),
    Sx: size.optional(),
    Py: padding.optional(),
    Px: padding.optional(),
  }),
  z.strictObject({ type: z.literal('linear'), size }),
  z.strictObject({ type: z.literal('lrelu') }),
  z.strictObject({ type: z.literal('softmax') }),
]);

const rate = z.number().positive().max(10);

/** The closed schema of question 3: data that says which network to build and how to train it, and nothing more. */
const Plan = z.strictObject({
  description: z.strictObject({ layers: z.array(Layer).min(1).max(40) }),
  optimizer: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('adam'),
      learningRate: rate,
      l2: z.number().min(0).optional(),
      biasCorrection: z.enum(['standard', 'hpcse2018']).optional(),
    }),
    z.strictObject({
      type: z.literal('momentum'),
      learningRate: rate,
      momentum: z.number().min(0).max(1).optional(),
      l2: z.number().min(0).optional(),
    }),
  ]),
  batchSize: z.number().int().min(1).max(1024),
  epochs: z.number().int().min(1),
  seed: z.number().int().min(0).max(0x7fffffff),
});

/** What a plan may cost. */
export interface PlanBudget {
  readonly maxEpochs: number;
  readonly maxParameters: number;
  /** Of activations, matrices of patches and parameters, with their gradients, at the plan's batch size. */
  readonly maxMiB: number;
  /** Multiply-accumulates of the training and of the answers afterwards, in thousands of millions. */
  readonly maxGigaOperations: number;
}

const CLASSES = 10;
const MIB = 2 ** 20;

/**
 * Reads the plan that a submission returned as text. Its cost is computed from its shapes: nothing is built before that
 * is known.
 *
 * @throws CriterionFailure naming the field that does not fit, or the budget that is exceeded
 */
export function readPlan(text: string | undefined, input: InputSize, budget: PlanBudget, work: Work): TrainingPlan {
  const parsed = Plan.safeParse(parseJson(text));
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new CriterionFailure(`tuned(): ${path.join('.') || 'the plan'}: ${message}`);
  }
  const plan = parsed.data as TrainingPlan;
  const problem = problemWith(plan, costOf(plan, input, work), budget, work);
  if (problem) throw new CriterionFailure(`tuned(): ${problem}`);
  return plan;
}

function problemWith(
  { epochs, batchSize }: TrainingPlan,
  { parameters, outputs, bytes, operations }: PlanCost,
  { maxEpochs, maxParameters, maxMiB, maxGigaOperations }: PlanBudget,
  { training }: Work,
): string | undefined {
  if (epochs > maxEpochs) return `${epochs} epochs; the budget is ${maxEpochs}`;
  if (batchSize > training) return `batches of ${batchSize} images; there are ${training} to train on`;
  if (outputs !== CLASSES) return `the last layer has ${outputs} outputs; there are ${CLASSES} digits`;
  if (parameters > maxParameters) return `${parameters} parameters; the budget is ${maxParameters}`;
  if (bytes > maxMiB * MIB)
    return (
      `a batch of ${batchSize} images takes ${Math.ceil(bytes / MIB)} MiB of activations, matrices of patches and ` +
      `gradients; the budget is ${maxMiB} MiB: make layers or batches smaller`
    );
  if (operations > maxGigaOperations * 1e9)
    return (
      `its training takes ${Math.ceil(operations / 1e9)} thousand million multiply-accumulates; the budget is ` +
      `${maxGigaOperations}: make layers smaller, or train for fewer epochs or in larger batches`
    );
  return undefined;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function costOf(plan: TrainingPlan, input: InputSize, work: Work): PlanCost {
  try {
    return planCost(plan, input, work);
  } catch (error) {
    throw new CriterionFailure(`tuned(): ${(error as Error).message}`);
  }
}
