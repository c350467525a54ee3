import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { cifarFolder } from '../cifar/cifarFiles.ts';
import { DataError } from '../Digits.ts';

/** The SHA-256 of the numbers of each tensor in single precision, little-endian, by the tensor's name. */
export const TensorDigests = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/u));
export type TensorDigests = z.infer<typeof TensorDigests>;

/** Where a user keeps the digests of the pretrained ResNet18, beside the data sets. */
export const resnet18Digests = (): string => join(cifarFolder(), '..', 'resnet18', 'digests.json');

/**
 * The tensors of the pretrained ResNet18, as digests.
 *
 * @throws DataError in one line if they are not there or damaged
 *
 * @example
 * ```ts
 * loadResnet18()['conv1.weight'];
 * ```
 */
export function loadResnet18(file = resnet18Digests()): TensorDigests {
  try {
    return TensorDigests.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new DataError(`${file}: not there or damaged; \`npm run setup-resnet18 -- FILE\` makes it`);
  }
}
