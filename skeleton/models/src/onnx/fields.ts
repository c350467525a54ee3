import { decodeUtf8, type ProtobufField, type ProtobufReader } from '@im2grade/formats';

/** Attributes have short lists: sizes of axes, paddings, scales. */
const MOST_IN_A_LIST = 4096;

type Field = ProtobufField;

/** The field as a message, text or list of bytes. */
export function bytesIn(reader: ProtobufReader, field: Field): Uint8Array {
  if (field.kind !== 'bytes') throw reader.fault('is damaged');
  return field.value;
}

export const textIn = (reader: ProtobufReader, field: Field): string => decodeUtf8(bytesIn(reader, field));

/** The field as an integer; beyond 2⁵³ it is not exact, but still too large for anything. */
export function integerIn(reader: ProtobufReader, field: Field): number {
  if (field.kind !== 'integer') throw reader.fault('is damaged');
  return Number(field.value);
}

export function floatIn(reader: ProtobufReader, field: Field): number {
  if (field.kind !== 'float') throw reader.fault('is damaged');
  return field.value;
}

/** Adds one integer, or a packed list of them. */
export function addIntegers(reader: ProtobufReader, field: Field, list: number[]): void {
  const values =
    field.kind === 'bytes' ? reader.within(field.value).integers(MOST_IN_A_LIST) : [BigInt(integerIn(reader, field))];
  if (list.length + values.length > MOST_IN_A_LIST)
    throw reader.fault(`has a list of more than ${MOST_IN_A_LIST} numbers`);
  list.push(...values.map(Number));
}

/** Adds one number of single precision, or a packed list of them. */
export function addFloats(reader: ProtobufReader, field: Field, list: number[]): void {
  if (field.kind !== 'bytes') list.push(floatIn(reader, field));
  else {
    const { value } = field;
    if (value.length > 4 * MOST_IN_A_LIST) throw reader.fault(`has a list of more than ${MOST_IN_A_LIST} numbers`);
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    for (let at = 0; at + 4 <= value.length; at += 4) list.push(view.getFloat32(at, true));
  }
  if (list.length > MOST_IN_A_LIST) throw reader.fault(`has a list of more than ${MOST_IN_A_LIST} numbers`);
}
