import { createHash } from 'node:crypto';
import { CriterionFailure, type ExaminedModel, examinedModel, type NamedShape } from '@im2grade/kit';
import type { Submission } from '../handedIn.ts';

const PATH = 'models/transfer';
/** `self.model = resnet18()` puts this before all names. */
const PREFIX = 'model.';

/** A residual network that was handed in as tensors, and its tensors by their names in torchvision. */
export interface TransferModel {
  readonly model: ExaminedModel;
  readonly tensors: ReadonlyMap<string, NamedShape>;
}

/** @throws SubmissionFault if there is none, CriterionFailure if it is refused or is no residual network */
export async function transferModel(submission: Submission): Promise<TransferModel> {
  const listed = examinedModel(submission, PATH);
  if (!/\.(?:pth|safetensors)$/u.test(listed.files.path))
    throw new CriterionFailure(
      `${listed.files.path}: exporters change the tensors; hand in the state dict itself, as ${PATH}.safetensors or .pth`,
    );
  const tensors = await listed.tensors();
  const prefix = tensors.every(({ name }) => name.startsWith(PREFIX)) ? PREFIX : '';
  const first = tensors.find(({ name }) => name === `${prefix}conv1.weight`);
  // As for ImageNet: images are enlarged to 256×256 before they enter the network.
  const upscale = (first?.shape[2] ?? 0) >= 7 ? 8 : 1;
  return {
    model: examinedModel(submission, PATH, { of: 'residual', input: [3, 32, 32], upscale, prefix }),
    tensors: new Map(tensors.map((tensor) => [tensor.name.slice(prefix.length), tensor])),
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
