import { FormatError } from '../FormatError.ts';

/** A field of a message: its number, and the value as the wire has it. */
export type ProtobufField =
  | { readonly number: number; readonly kind: 'integer'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly number: number; readonly kind: 'float'; readonly value: number }
  | { readonly number: number; readonly kind: 'double'; readonly value: number };

/** How much is read at most. */
interface Budget {
  fields: number;
}

const VARINT_BYTES = 10;
const SMALL_BYTES = 7;
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 };

/**
 * Reads messages of Protocol Buffers field by field. Nothing is copied or kept, messages within messages are read only if
 * the caller asks for them, and all readers made from one share its budget of fields.
 *
 * @example
 * ```ts
 * for (const field of new ProtobufReader(bytes, 'a.onnx', 100_000).fields()) if (field.number === 7) …
 * ```
 */
export class ProtobufReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #name: string;
  readonly #budget: Budget;
  #at = 0;

  /**
   * @param name - of the file, for messages
   * @param budget - of fields, of this message and those within it
   */
  constructor(bytes: Uint8Array, name: string, budget: number | Budget) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
    this.#budget = typeof budget === 'number' ? { fields: budget } : budget;
  }

  /** A message within this one. */
  within(bytes: Uint8Array): ProtobufReader {
    return new ProtobufReader(bytes, this.#name, this.#budget);
  }

  /**
   * The fields in their order.
   *
   * @throws FormatError if the message is damaged or has more fields than the budget
   */
  *fields(): Generator<ProtobufField> {
    while (this.#at < this.#bytes.length) {
      if (this.#budget.fields-- <= 0) throw this.fault('has too many parts');
      const key = Number(this.#varint());
      yield this.#field(Math.floor(key / 8), key % 8);
    }
  }

  /**
   * The integers that follow one another in a packed field, signed.
   *
   * @param most - how many there may be
   * @throws FormatError if there are more, or the last is cut off
   */
  integers(most: number): bigint[] {
    const values: bigint[] = [];
    while (this.#at < this.#bytes.length) {
      if (values.length >= most) throw this.fault(`has a list of more than ${most} numbers`);
      values.push(BigInt.asIntN(64, this.#varint()));
    }
    return values;
  }

  fault(what: string): FormatError {
    return new FormatError(`${this.#name}: ${what}`);
  }

  #field(number: number, wire: number): ProtobufField {
    if (number === 0) throw this.fault('is damaged');
    if (wire === WIRE.varint) return { number, kind: 'integer', value: BigInt.asIntN(64, this.#varint()) };
    if (wire === WIRE.bytes) return { number, kind: 'bytes', value: this.#take(Number(this.#varint())) };
    if (wire === WIRE.fixed32) return { number, kind: 'float', value: this.#view.getFloat32(this.#skip(4), true) };
    if (wire === WIRE.fixed64) return { number, kind: 'double', value: this.#view.getFloat64(this.#skip(8), true) };
    throw this.fault('is damaged');
  }

  #take(length: number): Uint8Array {
    const begin = this.#skip(length);
    return this.#bytes.subarray(begin, begin + length);
  }

  #skip(length: number): number {
    const begin = this.#at;
    if (length > this.#bytes.length - begin) throw this.fault('is cut off');
    this.#at = begin + length;
    return begin;
  }

  /** Almost all are small, and numbers are faster. */
  #varint(): bigint {
    let small = 0;
    for (let i = 0; i < SMALL_BYTES; i++) {
      const byte = this.#bytes[this.#skip(1)];
      small += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return BigInt(small);
    }
    return this.#longVarint(BigInt(small));
  }

  #longVarint(begun: bigint): bigint {
    let value = begun;
    for (let i = SMALL_BYTES; i < VARINT_BYTES; i++) {
      const byte = this.#bytes[this.#skip(1)];
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw this.fault('is damaged');
  }
}
