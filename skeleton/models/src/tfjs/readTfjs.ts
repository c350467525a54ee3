import { decodeUtf8, printable } from '@im2grade/formats';
import * as z from 'zod';
import type { Graph } from '../graph/Graph.ts';
import type { Shape } from '../graph/Shape.ts';
import { ModelError } from '../ModelError.ts';
import { KerasScope } from './KerasScope.ts';
import { LAYERS } from './layers.ts';
import { readWeights } from './readWeights.ts';
import { type KerasLayer, ModelJson } from './Topology.ts';

/**
 * Reads a network that TensorFlow.js saved: the layers in `model.json`, the weights in the files that it names.
 *
 * @param path - of `model.json` among the files
 * @param files - that were handed in, by their paths from the model's folder
 * @throws ModelError in one line, naming the layer and what to do; UnknownOperator naming what is not known here
 *
 * @example
 * ```ts
 * const graph = readTfjs('model.json', new Map([['model.json', json], ['weights.bin', weights]]));
 * ```
 */
export function readTfjs(path: string, files: ReadonlyMap<string, Uint8Array>): Graph {
  const { modelTopology, weightsManifest } = parsed(path, files.get(path));
  const { config } = 'model_config' in modelTopology ? modelTopology.model_config : modelTopology;
  const sequence = Array.isArray(config) ? { layers: config } : config;
  const weights = readWeights(path, weightsManifest, files);
  const [first, ...others] = withNames(sequence.layers);
  const isInput = first.layer.class_name === 'InputLayer';
  const begin = isInput ? first.name : 'input';
  const scope = new KerasScope(path, begin, inputShape(path, first.layer), weights);
  let last = begin;
  for (const { name, layer } of isInput ? others : [first, ...others]) {
    const inputs = (layer.inbound_nodes?.length ? inboundOf(path, name, layer) : [last]).map((each) =>
      scope.valueOf(each),
    );
    const make = LAYERS.get(layer.class_name);
    if (!make) throw scope.unknown(name, layer.class_name, 'is a layer that is not known here');
    make({ name, layer, inputs, scope });
    last = name;
  }
  return scope.build(outputOf(path, sequence) ?? last);
}

/** Of the layers; a hundred of them have 50 kB. */
const MOST_BYTES = 4_000_000;

function parsed(path: string, bytes: Uint8Array | undefined): ModelJson {
  if (!bytes) throw new ModelError(`${path}: is not there; hand it in`);
  if (bytes.length > MOST_BYTES)
    throw new ModelError(`${path}: has more than ${MOST_BYTES} bytes; make the model smaller`);
  let json: unknown;
  try {
    json = JSON.parse(decodeUtf8(bytes));
  } catch {
    throw new ModelError(`${path}: is not JSON; hand in what model.save() wrote`);
  }
  const model = ModelJson.safeParse(json);
  if (model.success) return model.data;
  const [{ path: place, message }] = model.error.issues;
  throw new ModelError(
    `${path}: is no layers model: ${printable(place.join('.'))}: ${printable(message, 200)}; hand in what model.save() wrote`,
  );
}

interface NamedLayer {
  readonly name: string;
  readonly layer: KerasLayer;
}

const withNames = (layers: readonly KerasLayer[]): NamedLayer[] =>
  layers.map((layer, i) => ({ name: layer.name ?? layer.config.name ?? `layer ${i + 1}`, layer }));

/** Without the axis of the images. */
function inputShape(path: string, { config }: KerasLayer): Shape {
  const Sizes = z.array(z.number().int().positive().nullable()).min(2).max(4);
  const sizes = Sizes.safeParse(config['batch_input_shape'] ?? config['batch_shape']);
  const shape = sizes.success ? sizes.data.slice(1) : [];
  if (shape.length === 0 || shape.includes(null))
    throw new ModelError(
      `${path}: its first layer does not say how large images are; save it with a fixed input shape`,
    );
  return shape as number[];
}

/** The names of the layers that a layer takes values from; it may be used only once. */
function inboundOf(path: string, name: string, { inbound_nodes: nodes = [] }: KerasLayer): string[] {
  const names = (nodes[0] ?? []).map(([layer]) => layer);
  if (nodes.length !== 1 || !names.every((each) => typeof each === 'string'))
    throw new ModelError(`${path}: the layer "${printable(name)}" is used ${nodes.length} times; use each layer once`);
  return names;
}

function outputOf(path: string, sequence: { readonly output_layers?: unknown }): string | undefined {
  const outputs = sequence.output_layers;
  if (!Array.isArray(outputs)) return undefined;
  const name: unknown = Array.isArray(outputs[0]) ? outputs[0][0] : undefined;
  if (outputs.length !== 1 || typeof name !== 'string')
    throw new ModelError(`${path}: has ${outputs.length} outputs; save it with one, the classes`);
  return name;
}
