import {
  type CriterionContext,
  CriterionFailure,
  type ExaminedModel,
  examinedModel,
  examination,
  type Normalisation,
  plainAnswer,
} from '@im2grade/kit';
import { architectureIn, normalisationIn } from '../../skeleton/cifar-nets/programs/check/declarations.ts';

export const ANSWERS = 'answers.yaml';
export type Submission = CriterionContext['submission'];
/** A model in `answers.yaml` and in `models/`. */
export type ModelName = 'lenet' | 'first' | 'second' | 'transfer';

export const answer = (path: string): unknown => plainAnswer(examination().sources(), ANSWERS, path);

/** A model that was handed in; one of tensors is put together as `answers.yaml` declares. */
export function modelOf(submission: Submission, name: ModelName): ExaminedModel {
  const isDeclared = Object.hasOwn(examination().sources(), ANSWERS);
  return examinedModel(submission, `models/${name}`, isDeclared ? architectureIn(answer, name) : undefined);
}

/** How the images of a model are normalised, as `answers.yaml` says. */
export function normalisationOf(name: ModelName): Normalisation {
  const found = normalisationIn(answer, name);
  if (typeof found === 'string') throw new CriterionFailure(`${ANSWERS}: ${found}`);
  return found;
}
