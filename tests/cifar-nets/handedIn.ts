import {
  type CriterionContext,
  CriterionFailure,
  type ExaminedModel,
  examinedModel,
  examination,
  type Normalisation,
  plainAnswer,
} from '@im2grade/kit';
import type { DeclaredArchitecture } from '@im2grade/models';
import * as z from 'zod';

export const ANSWERS = 'answers.yaml';
export type Submission = CriterionContext['submission'];
/** A model in `answers.yaml` and in `models/`. */
export type ModelName = 'lenet' | 'first' | 'second' | 'transfer';

const IMAGE = [3, 32, 32];
const Three = z.array(z.number()).length(3);
const Deviation = z.array(z.number().positive()).length(3);

export const answer = (path: string): unknown => plainAnswer(examination().sources(), ANSWERS, path);

/** A model that was handed in; one of tensors is put together as `answers.yaml` declares. */
export function modelOf(submission: Submission, name: ModelName): ExaminedModel {
  const layers = Object.hasOwn(examination().sources(), ANSWERS) ? answer(`models.${name}.layers`) : undefined;
  const architecture: DeclaredArchitecture | undefined =
    layers === undefined || layers === null ? undefined : { of: 'sequential', layers: { input: IMAGE, layers } };
  return examinedModel(submission, `models/${name}`, architecture);
}

/** How the images of a model are normalised, as `answers.yaml` says. */
export function normalisationOf(name: ModelName): Normalisation {
  const declared = (part: string, schema: z.ZodType<number[]>): number[] => {
    const found = schema.safeParse(answer(`models.${name}.${part}`));
    if (found.success) return found.data;
    throw new CriterionFailure(
      `${ANSWERS}: models.${name}.${part} must be three ${part === 'mean' ? '' : 'positive '}numbers, like [0.5, 0.5, 0.5]; without them the model cannot be evaluated`,
    );
  };
  return { mean: declared('mean', Three), deviation: declared('deviation', Deviation) };
}
