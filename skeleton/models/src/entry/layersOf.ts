import type { DescribedModel, DescribedNode } from './describeModel.ts';

/** A layer as a table of a network lists it, with the activation that follows it. */
export interface ModelLayer {
  readonly type: 'conv' | 'max-pool' | 'average-pool' | 'dense' | 'batch-norm' | 'softmax' | 'other';
  readonly node: string;
  /** Filters or units. */
  readonly units: number;
  readonly size?: readonly number[];
  readonly strides?: readonly number[];
  /** Rows and columns of what it takes and of what it gives. */
  readonly from?: readonly number[];
  readonly to?: readonly number[];
  readonly activation?: string;
  readonly parameters: number;
}

/** These only pass numbers on, or make room around an image for the layer that follows. */
const PASSING = new Set<DescribedNode['kind']>(['reshape', 'transpose', 'padding']);

/**
 * The layers of a network in their order. Biases that are added by a node of their own belong to the layer before;
 * normalisation of the images at the beginning is left out.
 *
 * @example
 * ```ts
 * layersOf(describeModel(graph)).map(({ type, units }) => `${type} ${units}`); // ['conv 32', 'max-pool 32', …]
 * ```
 */
export function layersOf({ input, nodes }: Pick<DescribedModel, 'input' | 'nodes'>): ModelLayer[] {
  const layers: ModelLayer[] = [];
  let image = input.channels === 'first' ? input.shape.slice(1) : input.shape.slice(0, -1);
  for (const node of nodes) {
    if (PASSING.has(node.kind)) continue;
    const before = layers.at(-1);
    if (before === undefined && node.kind === 'arithmetic' && node.inputs.length === 1) continue;
    if (before && continues(before, node)) {
      layers[layers.length - 1] = { ...before, ...(node.kind === 'activation' && { activation: nameOf(node) }) };
      if (node.kind === 'arithmetic') layers[layers.length - 1] = withBiases(before, node);
      continue;
    }
    layers.push({ ...layerOf(node), ...(node.window && { from: image, to: node.shape.slice(1) }) });
    if (node.window) image = node.shape.slice(1);
  }
  return layers;
}

const withBiases = (layer: ModelLayer, { parameters }: DescribedNode): ModelLayer => ({
  ...layer,
  parameters: layer.parameters + parameters,
});

function continues(before: ModelLayer, { kind, function: name, inputs, parameters }: DescribedNode): boolean {
  if (kind === 'activation') return before.activation === undefined;
  const isBias = kind === 'arithmetic' && name === 'add' && inputs.length === 1 && parameters === before.units;
  return isBias && before.activation === undefined && (before.type === 'conv' || before.type === 'dense');
}

function layerOf(node: DescribedNode): ModelLayer {
  const { name, kind, shape, parameters, window } = node;
  const common = { node: name, units: shape[0] ?? 0, parameters };
  if (kind === 'convolution')
    return { ...common, type: 'conv', size: window?.size, strides: window?.strides } as ModelLayer;
  if (kind === 'pooling')
    return {
      ...common,
      type: node.function === 'max' ? 'max-pool' : 'average-pool',
      size: window?.size,
      strides: window?.strides,
    } as ModelLayer;
  const isNamed = kind === 'dense' || kind === 'batch-norm' || kind === 'softmax';
  return { ...common, type: isNamed ? kind : 'other' };
}

const nameOf = ({ function: name = '', slope }: DescribedNode): string =>
  name === 'leaky-relu' && slope === 0 ? 'relu' : name;
