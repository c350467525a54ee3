import { type InputSize, parameterCount, type TrainingPlan } from '@im2grade/nn';
import { CriterionFailure } from '@im2grade/kit';
import * as z from 'zod';

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

interface Budget {
  readonly maxEpochs: number;
  readonly maxParameters: number;
}

/**
 * Reads the plan that a submission handed over as text.
 *
 * @throws CriterionFailure naming the field that does not fit, or the budget that is passed
 */
export function readPlan(
  text: string | undefined,
  input: InputSize,
  { maxEpochs, maxParameters }: Budget,
): TrainingPlan {
  const parsed = Plan.safeParse(parseJson(text));
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new CriterionFailure(`tuned(): ${path.join('.') || 'the plan'}: ${message}`);
  }
  const plan = parsed.data as TrainingPlan;
  if (plan.epochs > maxEpochs) throw new CriterionFailure(`tuned(): ${plan.epochs} epochs; the budget is ${maxEpochs}`);
  const parameters = countParameters(plan, input);
  if (parameters > maxParameters)
    throw new CriterionFailure(`tuned(): ${parameters} parameters; the budget is ${maxParameters}`);
  return plan;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

function countParameters({ description }: TrainingPlan, input: InputSize): number {
  try {
    return parameterCount(description, input);
  } catch (error) {
    throw new CriterionFailure(`tuned(): ${(error as Error).message}`);
  }
}
