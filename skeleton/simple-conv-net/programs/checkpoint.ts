import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { NAMES, type Parameters, SHAPES } from '../src/parameters.ts';

/** A checkpoint that cannot be read or written: told in one line. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
}

/** The names that the layers have in the original: `conv_layer.weight`, `fc1_layer.bias`. */
const originalName = (name: keyof Parameters): string =>
  name.replace(/(Weight|Bias)$/, (kind) => `_layer.${kind.toLowerCase()}`);

const Entry = z.object({
  dtype: z.literal('F32'),
  shape: z.array(z.number().int()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const Header = z.object(Object.fromEntries(NAMES.map((name) => [originalName(name), Entry])));

/** Before the header there is its length, as 64 bits. */
const LENGTH_BYTES = 8;

/**
 * Writes parameters as a `.safetensors` file: Python reads it with `safetensors.torch.load_file`.
 *
 * @throws CheckpointError when the file cannot be written
 */
export function saveCheckpoint(path: string, parameters: Parameters): void {
  const header: Record<string, z.infer<typeof Entry>> = {};
  let at = 0;
  for (const name of NAMES) {
    const end = at + 4 * parameters[name].data.length;
    header[originalName(name)] = { dtype: 'F32', shape: [...SHAPES[name]], data_offsets: [at, end] };
    at = end;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(padded.length));
  const numbers = NAMES.map((name) => Buffer.from(Float32Array.from(parameters[name].data).buffer));
  try {
    writeFileSync(path, Buffer.concat([length, padded, ...numbers]));
  } catch (error) {
    throw new CheckpointError(`${path}: ${(error as Error).message}`);
  }
}

/**
 * Reads parameters that `saveCheckpoint` or Python wrote.
 *
 * @param parameters - overwritten
 * @throws CheckpointError saying what is wrong with the file
 */
export function loadCheckpoint(path: string, parameters: Parameters): void {
  const bytes = readBytes(path);
  const body = LENGTH_BYTES + (bytes.length < LENGTH_BYTES ? 0 : Number(bytes.readBigUInt64LE()));
  const header = Header.safeParse(parseJson(bytes.subarray(LENGTH_BYTES, body)));
  if (!header.success) {
    const [{ path: at, message }] = header.error.issues;
    throw new CheckpointError(`${path}: no checkpoint of SimpleConvNet: ${at.join('.')}: ${message}`);
  }
  for (const name of NAMES) {
    const { data } = parameters[name];
    const { shape, data_offsets } = header.data[originalName(name)];
    const [begin, end] = data_offsets.map((offset) => body + offset);
    if (shape.join() !== SHAPES[name].join() || end - begin !== 4 * data.length || end > bytes.length)
      throw new CheckpointError(`${path}: ${originalName(name)} is not of shape [${SHAPES[name].join(', ')}]`);
    data.set(new Float32Array(Uint8Array.from(bytes.subarray(begin, end)).buffer));
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new CheckpointError(`${path}: ${(error as Error).message}`);
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
