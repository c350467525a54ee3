import { bytesOf, elements, type ElementType, printable } from '@im2grade/formats';
import type { Constant } from '../graph/Constant.ts';
import { LIMITS } from '../graph/limits.ts';
import { requireFinite } from '../graph/requireFinite.ts';
import { elementsOf, showShape } from '../graph/Shape.ts';
import { ModelError, UnknownOperator } from '../ModelError.ts';
import type { ModelJson, WeightEntry } from './Topology.ts';

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The weights of a manifest, in whose order they follow one another in the files.
 *
 * @throws ModelError if a file is missing, or is shorter than its weights, or they are too many
 */
export function readWeights(file: string, manifest: ModelJson['weightsManifest'], files: Files): Map<string, Constant> {
  const weights = new Map<string, Constant>();
  let total = 0;
  for (const group of manifest) {
    const bytes = joined(file, group.paths, files);
    let at = 0;
    for (const entry of group.weights) {
      const named = `${file}: the weights "${printable(entry.name)}"`;
      const type = typeOf(named, entry);
      total += elementsOf(entry.shape);
      if (!(total <= LIMITS.parameters))
        throw new ModelError(`${named} are ${showShape(entry.shape)}; make the model smaller`);
      const end = at + elementsOf(entry.shape) * bytesOf(type);
      if (end > bytes.length) throw new ModelError(`${named} are cut off; hand in all files of the model again`);
      if (weights.has(entry.name)) throw new ModelError(`${named} are there twice; save the model again`);
      const values = Float32Array.from(elements(type, bytes.subarray(at, end)));
      requireFinite(file, entry.name, values);
      weights.set(entry.name, { shape: entry.shape, values });
      at = end;
    }
  }
  return weights;
}

function typeOf(named: string, { dtype, quantization }: WeightEntry): ElementType {
  const stored = quantization?.dtype ?? dtype;
  if (stored === 'float32' || stored === 'float16') return stored;
  throw new UnknownOperator(
    `${named} are stored as ${printable(stored)}; this cannot be evaluated here, and a person will look at it`,
  );
}

/** Files are looked up among those that were handed in; no other file is opened. */
function joined(file: string, paths: readonly string[], files: Files): Uint8Array {
  const parts = paths.map((path) => {
    const found = files.get(path.replace(/^\.\//, ''));
    if (!found)
      throw new ModelError(
        `${file}: the file "${printable(path)}" is not there; weights are read from files beside ${file}, under plain names that end in .bin`,
      );
    return found;
  });
  if (parts.length === 1) return parts[0];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length > 4 * LIMITS.parameters)
    throw new ModelError(`${file}: its weights have ${length} bytes; make the model smaller`);
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
