import type { NetworkDescription } from '@im2grade/layers';
import { decodeSafetensors, type NamedTensors } from '@im2grade/formats';
import { CriterionFailure } from '@im2grade/kit';
import { parametersOf } from './networks.ts';
import type { NamedParameters } from './trustedEvaluation.ts';

/** The parameters of a network, and the digits on which it was trained, if the file says so. */
export interface Checkpoint {
  readonly parameters: NamedParameters;
  readonly digits: string | undefined;
}

/**
 * Reads a checkpoint that was handed in.
 *
 * @param base64 - the file
 * @throws CriterionFailure saying what is wrong with it
 */
export function readCheckpoint(path: string, base64: string, model: NetworkDescription): Checkpoint {
  const { tensors, metadata } = decoded(path, base64);
  const parameters = parametersOf(model).map(({ name, shape }) => {
    if (!Object.hasOwn(tensors, name)) throw new CriterionFailure(`${path}: it has no ${name}; is it of this model?`);
    const { shape: given, data } = tensors[name];
    if (given.join() !== shape.join())
      throw new CriterionFailure(`${path}: ${name} is of shape [${given.join(', ')}]; expected: [${shape.join(', ')}]`);
    if (!data.every(Number.isFinite)) throw new CriterionFailure(`${path}: ${name} holds numbers that are not finite`);
    return [name, Float32Array.from(data)] as const;
  });
  return { parameters: Object.fromEntries(parameters), digits: metadata['digits'] };
}

function decoded(path: string, base64: string): NamedTensors {
  try {
    return decodeSafetensors(new Uint8Array(Buffer.from(base64, 'base64')));
  } catch (error) {
    throw new CriterionFailure(`${path}: not a checkpoint: ${(error as Error).message}`);
  }
}
