/** Writes ONNX files for tests, good and bad ones, from the fields of `onnx.proto`. */

/** A field of a message: its number, and an integer, text, bytes or a message. */
type Field = readonly [number: number, value: number | bigint | string | Uint8Array];

/** The bytes of a message. */
export function message(...fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === 'number' || typeof value === 'bigint')
        return Buffer.concat([varint(number * 8), varint(BigInt.asUintN(64, BigInt(value)))]);
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
    }),
  );
}

export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt(value);
  do {
    bytes.push(Number(left & 0x7fn) | (left > 0x7fn ? 0x80 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Uint8Array.from(bytes);
}

type Attribute = number | string | readonly number[] | Uint8Array;

/** An attribute: an integer, a text, integers, or the bytes of a subgraph. */
function attribute(name: string, value: Attribute): Uint8Array {
  if (typeof value === 'number') return message([1, name], [3, value]);
  if (typeof value === 'string') return message([1, name], [4, value]);
  if (value instanceof Uint8Array) return message([1, name], [6, value]);
  return message([1, name], ...value.map((each): Field => [8, each]));
}

export interface NodeToWrite {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
  readonly name?: string;
}

export const node = ({ operator, inputs, output, attributes = {}, domain, name = output }: NodeToWrite): Field => [
  1,
  message(
    ...inputs.map((input): Field => [1, input]),
    [2, output],
    [3, name],
    [4, operator],
    ...Object.entries(attributes).map(([key, value]): Field => [5, attribute(key, value)]),
    ...(domain === undefined ? [] : [[7, domain] as const]),
  ),
];

/** A chain of nodes that each take the value before; the first takes `images`. */
export const chain = (...nodes: readonly Partial<NodeToWrite>[]): Field[] =>
  nodes.map(({ operator = 'Relu', inputs = [], ...rest }, i) => {
    const before = i === 0 ? 'images' : `v${i}`;
    return node({
      operator,
      inputs: [before, ...inputs],
      output: i === nodes.length - 1 ? 'classes' : `v${i + 1}`,
      ...rest,
    });
  });

/** By the numbers of TensorProto.DataType. */
const FLOAT = 1;
export const INT64 = 7;
export const DOUBLE = 11;

export const tensor = (
  name: string,
  sizes: readonly (number | bigint)[],
  data: Uint8Array = new Uint8Array(),
  { type = FLOAT, more = [] as readonly Field[] } = {},
): Uint8Array => message(...sizes.map((size): Field => [1, size]), [2, type], [8, name], [9, data], ...more);

/** A tensor of the model, as a field of its graph. */
export const weights = (...given: Parameters<typeof tensor>): Field => [5, tensor(...given)];

export const floats = (...values: readonly number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);
export const zeros = (count: number): Uint8Array => new Uint8Array(4 * count);
export const int64s = (...values: readonly (number | bigint)[]): Uint8Array =>
  new Uint8Array(BigInt64Array.from(values, BigInt).buffer);

/** A list of sizes. */
export const sizes = (name: string, ...values: readonly (number | bigint)[]): Field =>
  weights(name, [values.length], int64s(...values), { type: INT64 });

/** A tensor whose numbers are in another file. */
export const external = (
  name: string,
  sizesOf: number | readonly number[],
  entries: Readonly<Record<string, string>>,
): Field => [
  5,
  message(
    ...[sizesOf].flat().map((size): Field => [1, size]),
    [2, FLOAT],
    [8, name],
    [14, 1],
    ...Object.entries(entries).map(([key, value]): Field => [13, message([1, key], [2, value])]),
  ),
];

/** An input or output: its name and sizes. */
export const value = (name: string, sizesOf: readonly (number | string)[], type = FLOAT): Uint8Array => {
  const dimensions = sizesOf.map((size): Field => [1, message([typeof size === 'number' ? 1 : 2, size])]);
  return message([1, name], [2, message([1, message([1, type], [2, message(...dimensions)])])]);
};

/** A graph with the input `images` and the output `classes`. */
export const graph = (
  fields: readonly Field[],
  images: readonly (number | string)[] = ['batch', 3, 8, 8],
): Uint8Array => message(...fields, [11, value('images', images)], [12, value('classes', ['batch', 10])]);

export const model = (graphBytes: Uint8Array, { opset = 13, more = [] as readonly Field[] } = {}): Uint8Array =>
  message([1, 8], [8, message([1, ''], [2, opset])], [7, graphBytes], ...more);

/** A model of these nodes and tensors. */
export const modelOf = (fields: readonly Field[], images?: readonly (number | string)[]): Uint8Array =>
  model(graph(fields, images));

// What hostile models are made of.

export const relu = { operator: 'Relu' };
export const flat = { operator: 'Flatten' };

/** A convolution with the weights `w`. */
export const conv = (attributes: Readonly<Record<string, readonly number[]>> = {}): Partial<NodeToWrite> => ({
  operator: 'Conv',
  inputs: ['w'],
  attributes,
});

/** Weights `w` of 3×3 for three channels. */
export const kernel = weights('w', [4, 3, 3, 3], zeros(108));

export const repeated = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
