import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { readTensors } from '../src/readModel.ts';
import { residualGraph } from '../src/architectures/residualGraph.ts';
import { costOf } from '../src/graph/costOf.ts';
import { ModelError } from '../src/ModelError.ts';

/** Numbers that torchvision's ResNet18 has learned on ImageNet, with its 1,000 classes. */
const PARAMETERS = 11_689_512;
/** Any size will do: its tensors are the same. */
const IMAGE = [3, 32, 32];

/**
 * The SHA-256 of each tensor's numbers, in single precision and little-endian, by the tensor's name.
 *
 * @param path - of a state dict (`.pth`) or a `.safetensors` file
 * @param parameters - how many the network must have
 * @throws ModelError in one line if it is not a ResNet18
 */
export function resnet18Digests(path: string, bytes: Uint8Array, parameters = PARAMETERS): Record<string, string> {
  const name = basename(path);
  const tensors = readTensors(name, new Map([[name, bytes]]));
  const { parameters: found } = costOf(residualGraph(name, tensors, { input: IMAGE }));
  if (found !== parameters)
    throw new ModelError(`${name}: has ${found} parameters; torchvision's ResNet18 has ${parameters}`);
  return Object.fromEntries(Object.entries(tensors.tensors).map(([tensor, { data }]) => [tensor, digestOf(data)]));
}

function digestOf(values: ArrayLike<number>): string {
  const bytes = new DataView(new ArrayBuffer(4 * values.length));
  for (let i = 0; i < values.length; i++) bytes.setFloat32(4 * i, values[i], true);
  return createHash('sha256').update(bytes).digest('hex');
}
