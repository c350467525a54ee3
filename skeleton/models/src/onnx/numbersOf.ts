import { bytesOf, elements, type ElementType, printable } from '@im2grade/formats';
import { LIMITS } from '../graph/limits.ts';
import { elementsOf, showShape } from '../graph/Shape.ts';
import { ModelError, UnknownOperator } from '../ModelError.ts';
import type { ExternalData, OnnxTensor } from './OnnxModel.ts';
import { dataBeside, plainLocation } from './withRenamedData.ts';

/** By the numbers of TensorProto.DataType. */
const TYPES: Readonly<Record<number, ElementType>> = {
  1: 'float32',
  6: 'int32',
  7: 'int64',
  // Truths.
  9: 'uint8',
  10: 'float16',
  11: 'float64',
  16: 'bfloat16',
};
const INTEGERS = new Set<ElementType>(['uint8', 'int32', 'int64']);

/** Of a tensor: as many as a value has, with that of the images. */
export const MOST_AXES = LIMITS.axes + 1;

/** The files that were handed in together, by their paths from the model's folder. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A tensor's numbers, and whether they are integers. */
export interface TensorNumbers {
  readonly sizes: readonly number[];
  readonly isInteger: boolean;
  readonly values: Float32Array | Float64Array;
}

/**
 * The numbers of a tensor.
 *
 * @throws ModelError in one line if they are not there, too many, or not as many as its sizes say; UnknownOperator if it is of
 *   a type that is not known here
 */
export function numbersOf(file: string, tensor: OnnxTensor, files: Files): TensorNumbers {
  const { sizes } = tensor;
  const named = `${file}: the tensor "${printable(tensor.name)}"`;
  const type = TYPES[tensor.type];
  if (type === undefined)
    throw new UnknownOperator(
      `${named} is of type ${tensor.type}; this cannot be evaluated here, and a person will look at it`,
    );
  if (sizes.length > MOST_AXES)
    throw new ModelError(`${named} has ${sizes.length} axes; at most ${MOST_AXES} are read; check the model`);
  const count = elementsOf(sizes);
  if (!sizes.every((size) => Number.isInteger(size) && size >= 0) || !(count <= LIMITS.parameters))
    throw new ModelError(
      `${named} is ${showShape(sizes)}; at most ${LIMITS.parameters.toLocaleString('en')} numbers are read`,
    );
  const bytes =
    tensor.data instanceof Uint8Array ? tensor.data : outside(file, named, tensor.data, files, count * bytesOf(type));
  if (bytes.length !== count * bytesOf(type))
    throw new ModelError(
      `${named} has ${bytes.length} bytes for ${showShape(sizes)} of ${type}; export the model again`,
    );
  return { sizes, isInteger: INTEGERS.has(type), values: elements(type, bytes) };
}

const WITHIN = 'export with external_data=False';

/** The bytes of another file that was handed in; no other file is looked at. */
function outside(file: string, named: string, at: ExternalData, files: Files, needed: number): Uint8Array {
  const { location, offset, length } = at;
  const shown = printable(location);
  if (/^$|^[/\\]|^[a-z][a-z0-9+.*-]*:|(^|[/\\])\.\.([/\\]|$)|\0/i.test(location))
    throw new ModelError(`${named} is in "${shown}", outside of the model's folder; ${WITHIN}`);
  const found = files.get(plainLocation(location));
  if (!found) {
    const beside = dataBeside(file);
    const remedy = files.has(beside) ? WITHIN : `hand it in as ${printable(beside)}, or ${WITHIN}`;
    throw new ModelError(`${named} is in "${shown}", which is not there; ${remedy}`);
  }
  const end = offset + (length ?? needed);
  if (![offset, end].every((place) => Number.isSafeInteger(place) && place >= 0) || end > found.length || offset > end)
    throw new ModelError(
      `${named} is at bytes ${offset} to ${end} of "${shown}", which has ${found.length}; export it again`,
    );
  return found.subarray(offset, end);
}
