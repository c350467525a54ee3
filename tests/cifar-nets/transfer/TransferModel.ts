import { createHash } from 'node:crypto';
import { CriterionFailure, type ExaminedModel, examinedModel, type NamedShape } from '@im2grade/kit';
import {
  EXPORTED,
  holdsTensors,
  transferArchitecture,
} from '../../../skeleton/cifar-nets/programs/check/declarations.ts';
import type { Submission } from '../handedIn.ts';

const PATH = 'models/transfer';

/** A residual network that was handed in as tensors, and its tensors by their names in torchvision. */
export interface TransferModel {
  readonly model: ExaminedModel;
  readonly tensors: ReadonlyMap<string, NamedShape>;
}

/** @throws SubmissionFault if there is none, CriterionFailure if it is refused or is no residual network */
export async function transferModel(submission: Submission): Promise<TransferModel> {
  const listed = examinedModel(submission, PATH);
  if (!holdsTensors(listed.files.path)) throw new CriterionFailure(`${listed.files.path}: ${EXPORTED}`);
  const tensors = await listed.tensors();
  const architecture = transferArchitecture(tensors);
  return {
    model: examinedModel(submission, PATH, architecture),
    tensors: new Map(tensors.map((tensor) => [tensor.name.slice(architecture.prefix.length), tensor])),
  };
}

/** Weights and biases are parameters; what batch norm counts on the way is not. */
export const isParameter = (name: string): boolean => /\.(?:weight|bias)$/u.test(name);
/** What is to be trained: the last five convolutions with their batch norm, and the last layer. */
export const isTrained = (name: string): boolean => /^(?:layer4|fc)\./u.test(name);

const digests = new WeakMap<ExaminedModel, Promise<ReadonlyMap<string, string>>>();

/** The digests of the tensors that a teacher may have, by their names in torchvision. */
export function digestsOf(
  { model, tensors }: TransferModel,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known =
    digests.get(model) ??
    computed(
      model,
      names.filter((name) => tensors.has(name)),
      tensors,
    );
  digests.set(model, known);
  return known;
}

async function computed(
  model: ExaminedModel,
  names: readonly string[],
  tensors: TransferModel['tensors'],
): Promise<ReadonlyMap<string, string>> {
  const values = await model.values(names.map((name) => tensors.get(name)!));
  const hash = (each: Float32Array): string =>
    createHash('sha256')
      .update(new Uint8Array(each.buffer, each.byteOffset, each.byteLength))
      .digest('hex');
  return new Map(names.map((name, i) => [name, hash(values[i])]));
}
