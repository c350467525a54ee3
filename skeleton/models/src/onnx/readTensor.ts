import { printable, type ProtobufReader } from '@im2grade/formats';
import { addFloats, addIntegers, bytesIn, integerIn, textIn } from './fields.ts';
import type { ExternalData, OnnxTensor } from './OnnxModel.ts';

/** By the numbers of TensorProto.DataType. */
const FLOAT = 1;
const INT64 = 7;
const TRUTH = 9;
const DOUBLE = 11;
const HALF = [10, 16];

/**
 * Reads a tensor; its numbers stay in the file where that is possible.
 *
 * @throws FormatError if it is damaged
 */
export function readTensor(reader: ProtobufReader): OnnxTensor {
  const [sizes, integers, floats]: number[][] = [[], [], []];
  const external = new Map<string, string>();
  let [name, type, isExternal] = ['', 0, false];
  let data: Uint8Array | undefined;
  for (const field of reader.fields()) {
    if (field.number === 1) addIntegers(reader, field, sizes);
    else if (field.number === 2) type = integerIn(reader, field);
    else if (field.number === 8) name = textIn(reader, field);
    else if (field.number === 9) data = bytesIn(reader, field);
    // Packed numbers are the same bytes; one by one there are only few.
    else if (field.number === 4 && field.kind === 'float') addFloats(reader, field, floats);
    else if (field.number === 4 || field.number === 10) data = bytesIn(reader, field);
    else if (field.number === 5 || field.number === 7) addIntegers(reader, field, integers);
    else if (field.number === 13) addEntry(reader.within(bytesIn(reader, field)), external);
    else if (field.number === 14) isExternal = integerIn(reader, field) === 1;
    else if (field.number === 3) throw reader.fault(`has the tensor "${printable(name)}" in segments; export it whole`);
  }
  if (isExternal) return { name, sizes, type, data: externalData(external) };
  return { name, sizes, type, data: data ?? listed(type, floats, integers) };
}

/** The bytes of numbers that are written one by one. */
function listed(type: number, floats: readonly number[], integers: readonly number[]): Uint8Array {
  if (type === FLOAT || type === DOUBLE) return new Uint8Array(Float32Array.from(floats).buffer);
  if (HALF.includes(type)) return new Uint8Array(Uint16Array.from(integers).buffer);
  if (type === TRUTH) return Uint8Array.from(integers);
  if (type === INT64) return new Uint8Array(BigInt64Array.from(integers, bigIntOf).buffer);
  return new Uint8Array(Int32Array.from(integers).buffer);
}

const bigIntOf = (value: number): bigint => BigInt.asIntN(64, BigInt(value));

function addEntry(reader: ProtobufReader, entries: Map<string, string>): void {
  let [key, value] = ['', ''];
  for (const field of reader.fields()) {
    if (field.number === 1) key = textIn(reader, field);
    else if (field.number === 2) value = textIn(reader, field);
  }
  entries.set(key, value);
}

const externalData = (entries: ReadonlyMap<string, string>): ExternalData => ({
  location: entries.get('location') ?? '',
  offset: Number(entries.get('offset') ?? 0),
  length: entries.has('length') ? Number(entries.get('length')) : undefined,
});
