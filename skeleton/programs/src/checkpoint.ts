import { readFileSync } from 'node:fs';
import { decodeSafetensors, encodeSafetensors, type NamedTensors, type StoredTensor } from '@im2grade/formats';
import { writeWhole } from './writeWhole.ts';

/** A checkpoint that cannot be read or written; its message is one line. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/**
 * Writes tensors as a `.safetensors` file, whole or not at all.
 *
 * @throws CheckpointError when the file cannot be written
 */
export function saveCheckpoint(
  path: string,
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): void {
  const bytes = encodeSafetensors({ tensors, metadata });
  try {
    writeWhole(path, bytes);
  } catch (error) {
    throw new CheckpointError(`${path}: ${(error as Error).message}`);
  }
}

/**
 * @param what - what the checkpoint should be of, for the message
 * @throws CheckpointError saying what is wrong with the file
 */
export function readCheckpoint(path: string, what: string): NamedTensors {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CheckpointError(`${path}: ${(error as Error).message}`);
  }
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    throw new CheckpointError(`${path}: not a checkpoint of ${what}: ${(error as Error).message}`);
  }
}

/**
 * Reads tensors that `saveCheckpoint` or Python wrote.
 *
 * @param into - by the names that the file must have; overwritten only if all of them fit
 * @param what - what the checkpoint should be of, for the message
 * @returns the file's metadata
 * @throws CheckpointError saying what is wrong with the file
 */
export function loadCheckpoint(
  path: string,
  into: Readonly<Record<string, StoredTensor>>,
  what: string,
): Readonly<Record<string, string>> {
  const { tensors, metadata } = readCheckpoint(path, what);
  for (const [name, { shape }] of Object.entries(into)) {
    if (!Object.hasOwn(tensors, name))
      throw new CheckpointError(`${path}: not a checkpoint of ${what}: ${name} is missing`);
    if (tensors[name].shape.join() !== shape.join())
      throw new CheckpointError(
        `${path}: ${name} is of shape [${tensors[name].shape.join(', ')}], not [${shape.join(', ')}]`,
      );
  }
  for (const [name, { data }] of Object.entries(into)) data.set(tensors[name].data);
  return metadata;
}
