import { decodeUtf8, printable } from '@im2grade/formats';
import * as z from 'zod';
import type { Graph } from '../graph/Graph.ts';
import type { Shape } from '../graph/Shape.ts';
import { ModelError, UnknownOperator } from '../ModelError.ts';
import { inboundOf } from './inboundOf.ts';
import { KerasScope } from './KerasScope.ts';
import { LayerInUse } from './LayerInUse.ts';
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
  const { class_name, config } = 'model_config' in modelTopology ? modelTopology.model_config : modelTopology;
  const sequence = Array.isArray(config) ? { layers: config } : config;
  const weights = readWeights(path, weightsManifest, files);
  const [first, ...others] = withNames(sequence.layers);
  const isInput = first.layer.class_name === 'InputLayer';
  const begin = isInput ? first.name : 'input';
  const scope = new KerasScope(path, begin, inputShape(path, first.layer), weights);
  let last = begin;
  for (const { name, layer } of isInput ? others : [first, ...others]) {
    const follows = class_name === 'Sequential' && !layer.inbound_nodes?.length;
    const inputs = (follows ? [last] : inboundOf(name, layer, scope)).map((each) => scope.valueOf(each));
    addLayer(new LayerInUse(name, layer, inputs, scope));
    last = name;
  }
  return scope.build(outputOf(path, sequence) ?? last);
}

function addLayer(use: LayerInUse): void {
  const make = LAYERS.get(use.source);
  if (!make) throw use.unknown('is a layer that is not known here');
  make(use);
  use.finish();
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
  if (isDeep(json)) throw new ModelError(`${path}: is nested too deeply; hand in what model.save() wrote`);
  const model = ModelJson.safeParse(json);
  if (model.success) return model.data;
  const [{ path: place, message }] = model.error.issues;
  throw new ModelError(
    `${path}: is no layers model: ${printable(place.join('.'))}: ${printable(message, 200)}; hand in what model.save() wrote`,
  );
}

/** Lists and objects within one another; a model has a dozen. */
const MOST_DEPTH = 64;

/** Level by level: a function that calls itself would need as much stack as a file asks for. */
function isDeep(json: unknown): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth <= MOST_DEPTH && level.length > 0; depth++)
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? (Object.values(value) as unknown[]) : [],
    );
  return level.length > 0;
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

function outputOf(path: string, { output_layers: given }: { readonly output_layers?: unknown }): string | undefined {
  if (given === undefined) return undefined;
  const outputs = Outputs.safeParse(given);
  if (!outputs.success)
    throw new UnknownOperator(
      `${path}: has output_layers in a form that is not known here; this cannot be evaluated here, and a person will look at it`,
    );
  if (outputs.data.length !== 1)
    throw new ModelError(`${path}: has ${outputs.data.length} outputs; save it with one, the classes`);
  return outputs.data[0][0];
}

/** By layer, which of its uses, which of its outputs. */
const Outputs = z.array(z.tuple([z.string(), z.number(), z.number()]));
