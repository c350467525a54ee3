import type { DeclaredArchitecture, Normalisation } from '@im2grade/models';
import { wrapperOf } from '@im2grade/models/wrapperOf';
import * as z from 'zod';

/** What `answers.yaml` says at a path of names that are joined by dots; undefined if nothing is filled in there. */
export type Answers = (path: string) => unknown;

const IMAGE = [3, 32, 32];
const Mean = z.array(z.number()).length(3);
const Deviation = z.array(z.number().positive()).length(3);

/** How the images of a model are normalised, or in one line why that is not known. */
export function normalisationIn(answers: Answers, name: string): Normalisation | string {
  const [mean, deviation] = [
    Mean.safeParse(answers(`models.${name}.mean`)),
    Deviation.safeParse(answers(`models.${name}.deviation`)),
  ];
  if (mean.success && deviation.success) return { mean: mean.data, deviation: deviation.data };
  const [part, kind] = mean.success ? ['deviation', 'positive '] : ['mean', ''];
  return `models.${name}.${part} must be three ${kind}numbers, like [0.5, 0.5, 0.5]; without them the model cannot be evaluated`;
}

/** How the layers of a model are declared that was handed in as tensors; undefined if they are not. */
export function architectureIn(answers: Answers, name: string): DeclaredArchitecture | undefined {
  const layers = answers(`models.${name}.layers`);
  return layers === undefined || layers === null ? undefined : { of: 'sequential', layers: { input: IMAGE, layers } };
}

/** `self.model = resnet18()` puts this before all names, behind what a wrapper around the network puts there. */
const PREFIX = 'model.';

/** A residual network with the names of torchvision, by the names and shapes of its tensors. */
export function transferArchitecture(tensors: readonly { readonly name: string; readonly shape: readonly number[] }[]) {
  const wrapper = wrapperOf(tensors.map(({ name }) => name));
  const isInside = tensors.every(({ name }) => name.startsWith(PREFIX, wrapper.length));
  const prefix = isInside ? wrapper + PREFIX : wrapper;
  const first = tensors.find(({ name }) => name === `${prefix}conv1.weight`);
  // As for ImageNet: images are enlarged to 256×256 before they enter the network.
  const upscale = (first?.shape[2] ?? 0) >= 7 ? 8 : 1;
  return { of: 'residual', input: IMAGE, upscale, prefix } as const;
}

/** A file of Task 3's model from which its tensors can be read as they were saved. */
export const holdsTensors = (file: string): boolean => /\.(?:pth|safetensors)$/u.test(file);

export const EXPORTED =
  'exporters change the tensors; hand in the state dict itself, as models/transfer.safetensors or .pth';
