/** A field of a protocol buffer: an integer, or bytes with their length. */
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
};
const integer = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
};
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));

const IR_VERSION = 8;
const OPSET = 13;
const FLOAT = 1;
const INTS = 7;

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** A constant of the model if given, otherwise one of its inputs. */
  readonly values?: Float32Array;
}

/** The bytes of an ONNX model of one operator on float32, with attributes that are lists of integers. */
export function onnxModel(
  operator: string,
  attributes: Readonly<Record<string, readonly number[]>>,
  inputs: readonly OnnxTensor[],
  output: OnnxTensor,
): Buffer {
  const node = [
    ...inputs.map(({ name }) => text(1, name)),
    text(2, output.name),
    text(4, operator),
    ...Object.entries(attributes).map(([name, values]) =>
      bytes(5, text(1, name), ...values.map((value) => integer(8, value)), integer(20, INTS)),
    ),
  ];
  const graph = [
    bytes(1, ...node),
    text(2, operator),
    ...inputs.filter(({ values }) => values).map((input) => bytes(5, ...constant(input))),
    ...inputs.filter(({ values }) => !values).map((input) => bytes(11, ...valueInfo(input))),
    bytes(12, ...valueInfo(output)),
  ];
  return Buffer.concat([integer(1, IR_VERSION), bytes(7, ...graph), bytes(8, integer(2, OPSET))]);
}

const constant = ({ name, shape, values }: OnnxTensor): Buffer[] => [
  ...shape.map((size) => integer(1, size)),
  integer(2, FLOAT),
  text(8, name),
  bytes(9, new Uint8Array(values!.buffer, values!.byteOffset, values!.byteLength)),
];

const valueInfo = ({ name, shape }: OnnxTensor): Buffer[] => {
  const sizes = bytes(2, ...shape.map((size) => bytes(1, integer(1, size))));
  return [text(1, name), bytes(2, bytes(1, integer(1, FLOAT), sizes))];
};
