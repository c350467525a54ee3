import {
  bytesOf,
  Called,
  decodeUtf8,
  elements,
  type ElementType,
  FormatError,
  Global,
  type NamedTensors,
  Persistent,
  type PickledValue,
  PickleReader,
  printable,
  type StoredTensor,
  storedEntries,
} from '@im2grade/formats';
import { eachIndex } from '../graph/Constant.ts';
import { LIMITS } from '../graph/limits.ts';
import { elementsOf, showShape } from '../graph/Shape.ts';
import { ModelError } from '../ModelError.ts';

/** What a state dict names; nothing is looked up or called. */
const STORAGES: Readonly<Record<string, ElementType>> = {
  'torch.FloatStorage': 'float32',
  'torch.DoubleStorage': 'float64',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ByteStorage': 'uint8',
};
const TENSOR = 'torch._utils._rebuild_tensor_v2';
const PARAMETER = 'torch._utils._rebuild_parameter';
const DICTIONARY = 'collections.OrderedDict';
const GLOBALS = new Set([...Object.keys(STORAGES), TENSOR, PARAMETER, DICTIONARY]);

/** Files before PyTorch 1.6 begin with a pickled number, later ones are zip archives. */
const BEFORE_1_6 = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46];
const REMEDY = 'save it with torch.save(model.state_dict(), …)';
const PICKLE = 'data.pkl';
const MOST_AXES = 8;
/** Under these a checkpoint has the state of its model beside that of the optimizer. */
const STATES = ['state_dict', 'model_state_dict', 'model'];

/**
 * Reads the tensors of a state dict that `torch.save` wrote. The pickle within is read as data: nothing of it is run.
 *
 * @param file - its name, for messages
 * @throws ModelError in one line if it is damaged or anything else than a state dict
 *
 * @example
 * ```ts
 * readStateDict('resnet18.pth', bytes).tensors['conv1.weight'].shape; // [64, 3, 7, 7]
 * ```
 */
export function readStateDict(file: string, bytes: Uint8Array): NamedTensors {
  if (BEFORE_1_6.every((byte, i) => bytes[i] === byte))
    throw new ModelError(`${file}: is of PyTorch before 1.6; load it and ${REMEDY} again`);
  try {
    const entries = storedEntries(bytes, file);
    const pickle = [...entries.keys()].find((name) => name.split('/').at(-1) === PICKLE);
    if (pickle === undefined) throw new FormatError(`${file}: has no ${PICKLE}`);
    const folder = pickle.slice(0, -PICKLE.length);
    const order = entries.get(`${folder}byteorder`);
    if (order && decodeUtf8(order) === 'big') throw new FormatError(`${file}: is big-endian`);
    const value = new PickleReader(entries.get(pickle)!, file, GLOBALS).read();
    return { tensors: tensorsIn(file, value, (key) => entries.get(`${folder}data/${key}`)), metadata: {} };
  } catch (error) {
    throw error instanceof FormatError ? new ModelError(`${error.message}; ${REMEDY}`) : error;
  }
}

type Storage = (key: string) => Uint8Array | undefined;

function tensorsIn(file: string, value: PickledValue, storage: Storage): Record<string, StoredTensor> {
  const found = stateIn(value);
  if (!found) throw new FormatError(`${file}: holds no dictionary of tensors`);
  let total = 0;
  const tensors: [string, StoredTensor][] = [];
  for (const [name, given] of found) {
    if (typeof name !== 'string') continue;
    const tensor = tensorIn(`${file}: ${printable(name)}`, given, storage, LIMITS.parameters - total);
    if (!tensor) continue;
    total += tensor.data.length;
    tensors.push([name, tensor]);
  }
  return Object.fromEntries(tensors);
}

/** The dictionary of tensors: the whole, or what a checkpoint has under a usual name. */
function stateIn(value: PickledValue): ReadonlyMap<PickledValue, PickledValue> | undefined {
  const dictionary = dictionaryIn(value);
  const nested = STATES.map((name) => dictionaryIn(dictionary?.get(name) ?? null)).find((found) => found !== undefined);
  return nested ?? dictionary;
}

function dictionaryIn(value: PickledValue): ReadonlyMap<PickledValue, PickledValue> | undefined {
  if (value instanceof Map) return value;
  return value instanceof Called && value.callee.path === DICTIONARY ? value.items : undefined;
}

/** Undefined for anything else than a tensor, like the number of an epoch. */
function tensorIn(named: string, given: PickledValue, storage: Storage, most: number): StoredTensor | undefined {
  const value = given instanceof Called && given.callee.path === PARAMETER ? given.args[0] : given;
  if (!(value instanceof Called) || value.callee.path !== TENSOR) return undefined;
  const [source, offset, shape, strides] = value.args;
  if (!(source instanceof Persistent) || !isSize(offset) || !isSizes(shape) || !isSizes(strides))
    throw new FormatError(`${named}: is damaged`);
  const count = elementsOf(shape);
  if (!(count <= most)) throw new FormatError(`${named}: is ${showShape(shape)}, which is too much`);
  if (shape.length !== strides.length) throw new FormatError(`${named}: is damaged`);
  const reach = count === 0 ? 0 : shape.reduce((place, size, axis) => place + (size - 1) * strides[axis], 1);
  // Else a small file could name a large storage again and again.
  if (reach > count) throw new FormatError(`${named}: is a part of a larger tensor; make it contiguous()`);
  return { shape, data: strided(numbersIn(named, source, storage, offset, reach), shape, strides) };
}

/** Numbers of a storage, which tensors may share. */
function numbersIn(
  named: string,
  { id }: Persistent,
  storage: Storage,
  first: number,
  count: number,
): Float32Array | Float64Array {
  const [, type, key] = Array.isArray(id) ? id : [];
  const element = type instanceof Global ? STORAGES[type.path] : undefined;
  const bytes = typeof key === 'string' ? storage(key) : undefined;
  if (!element || !bytes) throw new FormatError(`${named}: its numbers are not there`);
  const [begin, end] = [first * bytesOf(element), (first + count) * bytesOf(element)];
  if (end > bytes.length) throw new FormatError(`${named}: its numbers are cut off`);
  return elements(element, bytes.subarray(begin, end));
}

function strided(
  numbers: Float32Array | Float64Array,
  shape: readonly number[],
  strides: readonly number[],
): Float32Array | Float64Array {
  const isWhole = shape.every((size, axis) => size === 1 || strides[axis] === elementsOf(shape.slice(axis + 1)));
  if (isWhole) return numbers;
  const count = elementsOf(shape);
  const result = numbers.BYTES_PER_ELEMENT === 8 ? new Float64Array(count) : new Float32Array(count);
  eachIndex(shape, strides, (index, place) => (result[index] = numbers[place]));
  return result;
}

const isSize = (value: PickledValue): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isSizes = (value: PickledValue): value is number[] =>
  Array.isArray(value) && value.length <= MOST_AXES && value.every(isSize);
