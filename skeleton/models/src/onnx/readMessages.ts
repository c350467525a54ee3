import { printable, ProtobufReader } from '@im2grade/formats';
import { LIMITS } from '../graph/limits.ts';
import { called } from '../graph/GraphBuilder.ts';
import { addFloats, addIntegers, bytesIn, floatIn, integerIn, textIn } from './fields.ts';
import type { OnnxAttribute, OnnxInput, OnnxModel, OnnxNode, OnnxTensor } from './OnnxModel.ts';
import { readTensor } from './readTensor.ts';

/** Fields of all messages together; a network of a thousand nodes with notes on each has a tenth. */
const MOST_FIELDS = 200_000;
const MOST_TENSORS = 10_000;
/** The default domain has two names. */
const DOMAINS = ['', 'ai.onnx'];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Reads the messages of an ONNX file (`onnx.proto`, ModelProto) that matter for what it computes.
 *
 * @throws FormatError in one line if it is damaged, too large, or has functions, subgraphs or operators of its own
 */
export function readMessages(bytes: Uint8Array, file: string): OnnxModel {
  const reader = new ProtobufReader(bytes, file, MOST_FIELDS);
  let graph: Uint8Array | undefined;
  let opset = 0;
  for (const field of reader.fields()) {
    if (field.number === 7) {
      if (graph) throw reader.fault('has two graphs; export the model again');
      graph = bytesIn(reader, field);
    } else if (field.number === 8) opset = Math.max(opset, opsetIn(reader.within(bytesIn(reader, field))));
    else if (field.number === 25)
      throw reader.fault('has functions of its own; export it without them, as with dynamo=False');
  }
  if (!graph || opset === 0) throw reader.fault('is no ONNX model');
  return { opset, ...graphIn(reader.within(graph)) };
}

/** The version, 0 for a domain that is not the default one. */
function opsetIn(reader: ProtobufReader): number {
  let [domain, version] = ['', 0];
  for (const field of reader.fields()) {
    if (field.number === 1) domain = textIn(reader, field);
    else if (field.number === 2) version = integerIn(reader, field);
  }
  return DOMAINS.includes(domain) ? version : 0;
}

function graphIn(reader: ProtobufReader): Omit<OnnxModel, 'opset'> {
  const nodes: OnnxNode[] = [];
  const inputs: OnnxInput[] = [];
  const outputs: string[] = [];
  const initializers = new Map<string, OnnxTensor>();
  for (const field of reader.fields()) {
    const message = (): ProtobufReader => reader.within(bytesIn(reader, field));
    if (field.number === 1) nodes.push(nodeIn(message()));
    else if (field.number === 5) addTensor(reader, initializers, readTensor(message()));
    else if (field.number === 11) inputs.push(inputIn(message()));
    else if (field.number === 12) outputs.push(inputIn(message()).name);
    else if (field.number === 15) throw reader.fault('has sparse weights; export it with dense ones');
    if (nodes.length > LIMITS.nodes) throw reader.fault(`has more than ${LIMITS.nodes} nodes; make the model smaller`);
  }
  return { nodes, inputs, outputs, initializers };
}

function addTensor(reader: ProtobufReader, all: Map<string, OnnxTensor>, tensor: OnnxTensor): void {
  if (all.has(tensor.name)) throw reader.fault(`has the weights "${printable(tensor.name)}" twice; export it again`);
  if (all.size >= MOST_TENSORS) throw reader.fault(`has more than ${MOST_TENSORS} tensors; make the model smaller`);
  all.set(tensor.name, tensor);
}

function nodeIn(reader: ProtobufReader): OnnxNode {
  const attributes = new Map<string, OnnxAttribute>();
  const [inputs, outputs]: string[][] = [[], []];
  let [name, operator, domain] = ['', '', ''];
  const subgraphs: string[] = [];
  for (const field of reader.fields()) {
    if (field.number === 1) inputs.push(textIn(reader, field));
    else if (field.number === 2) outputs.push(textIn(reader, field));
    else if (field.number === 3) name = textIn(reader, field);
    else if (field.number === 4) operator = textIn(reader, field);
    else if (field.number === 7) domain = textIn(reader, field);
    else if (field.number === 5) {
      const { name: key, hasSubgraph, ...attribute } = attributeIn(reader.within(bytesIn(reader, field)));
      if (hasSubgraph) subgraphs.push(key);
      attributes.set(key, attribute);
    }
  }
  const node = { name: name || (outputs[0] ?? ''), operator, inputs, outputs, attributes };
  const shown = called({ name: node.name, source: operator });
  if (subgraphs.length > 0)
    throw reader.fault(`${shown} has a graph of its own; export the model without loops and conditions`);
  if (!DOMAINS.includes(domain))
    throw reader.fault(
      `${shown} is of the domain "${printable(domain)}"; export the model with operators of ONNX only`,
    );
  return node;
}

function attributeIn(reader: ProtobufReader): OnnxAttribute & { name: string; hasSubgraph: boolean } {
  const [integers, floats]: number[][] = [[], []];
  const attribute: Mutable<OnnxAttribute> = { integers, floats };
  let [name, hasSubgraph] = ['', false];
  for (const field of reader.fields()) {
    if (field.number === 1) name = textIn(reader, field);
    else if (field.number === 2) attribute.float = floatIn(reader, field);
    else if (field.number === 3) attribute.integer = integerIn(reader, field);
    else if (field.number === 4) attribute.text = textIn(reader, field);
    else if (field.number === 5) attribute.tensor = readTensor(reader.within(bytesIn(reader, field)));
    else if (field.number === 6 || field.number === 11) hasSubgraph = true;
    else if (field.number === 7) addFloats(reader, field, floats);
    else if (field.number === 8) addIntegers(reader, field, integers);
  }
  return { ...attribute, name, hasSubgraph };
}

/** A value's name, and for a tensor its type and sizes. */
function inputIn(reader: ProtobufReader): OnnxInput {
  let name = '';
  let tensor: Pick<OnnxInput, 'type' | 'sizes'> = { type: 0, sizes: [] };
  for (const field of reader.fields()) {
    if (field.number === 1) name = textIn(reader, field);
    else if (field.number === 2) tensor = typeIn(reader.within(bytesIn(reader, field)));
  }
  return { name, ...tensor };
}

function typeIn(reader: ProtobufReader): Pick<OnnxInput, 'type' | 'sizes'> {
  const sizes: (number | string)[] = [];
  let type = 0;
  const inner = messageOf(reader, 1);
  if (!inner) return { type, sizes };
  for (const field of inner.fields()) {
    if (field.number === 1) type = integerIn(inner, field);
    if (field.number !== 2) continue;
    const shape = inner.within(bytesIn(inner, field));
    for (const dimension of shape.fields())
      if (dimension.number === 1) sizes.push(sizeIn(shape.within(bytesIn(shape, dimension))));
  }
  return { type, sizes };
}

function messageOf(reader: ProtobufReader, number: number): ProtobufReader | undefined {
  for (const field of reader.fields()) if (field.number === number) return reader.within(bytesIn(reader, field));
  return undefined;
}

function sizeIn(reader: ProtobufReader): number | string {
  let size: number | string = '?';
  for (const field of reader.fields()) {
    if (field.number === 1) size = integerIn(reader, field);
    else if (field.number === 2) size = textIn(reader, field);
  }
  return size;
}
