import { convGeometry, type Geometry } from '../geometry.ts';
import { Network, type NetworkOptions } from './Network.ts';

type Sizes = Partial<Pick<Geometry, 'Sy' | 'Sx' | 'Py' | 'Px'>>;

/** One layer as data; its input size is the output size of the layer before. */
export type LayerDescription =
  | ({ readonly type: 'conv' } & Pick<Geometry, 'KnY' | 'KnX' | 'KnC'> & Sizes)
  | { readonly type: 'linear'; readonly size: number }
  | { readonly type: 'lrelu' }
  | { readonly type: 'softmax' };

/** A network as data: what question 3 hands in, and what the grader builds again. */
export interface NetworkDescription {
  readonly layers: readonly LayerDescription[];
}

export type InputSize = Pick<Geometry, 'InY' | 'InX' | 'InC'>;

/**
 * Builds the network of a description.
 *
 * @throws Error naming the layer's position and type when it does not fit the one before
 */
export function buildNetwork(description: NetworkDescription, input: InputSize, options: NetworkOptions = {}): Network {
  const network = new Network(options);
  network.addInput(input.InY * input.InX * input.InC);
  let image: InputSize | undefined = input;
  description.layers.forEach((layer, i) => {
    try {
      image = addLayer(network, layer, image);
    } catch (error) {
      throw new Error(`layer ${i + 1} (${layer.type}): ${(error as Error).message}`, { cause: error });
    }
  });
  return network;
}

/** Adds one layer and returns its output size as an image; undefined once a linear layer has flattened it. */
function addLayer(network: Network, layer: LayerDescription, image: InputSize | undefined): InputSize | undefined {
  const size = network.nOutputs;
  switch (layer.type) {
    case 'conv': {
      if (!image) throw new Error('a convolution cannot follow a linear layer: there is no image left');
      const { type: _, ...sizes } = layer;
      network.addConv2D({ ...image, ...sizes });
      const { OpY, OpX, KnC } = convGeometry({ ...image, Py: (sizes.KnY - 1) / 2, Px: (sizes.KnX - 1) / 2, ...sizes });
      return { InY: OpY, InX: OpX, InC: KnC };
    }
    case 'linear':
      network.addLinear(size, layer.size);
      return undefined;
    case 'lrelu':
      network.addLReLu(size);
      return image;
    case 'softmax':
      network.addSoftMax(size);
      return image;
  }
}

/** Parameters of a described network, without building it. */
export function parameterCount(description: NetworkDescription, input: InputSize): number {
  let [image, size, count]: [InputSize, number, number] = [input, input.InY * input.InX * input.InC, 0];
  for (const layer of description.layers) {
    if (layer.type === 'conv') {
      const { type: _, ...sizes } = layer;
      const { OpY, OpX, KnC, KnY, KnX, InC } = convGeometry({
        ...image,
        Py: (sizes.KnY - 1) / 2,
        Px: (sizes.KnX - 1) / 2,
        ...sizes,
      });
      count += KnY * KnX * InC * KnC + KnC;
      [image, size] = [{ InY: OpY, InX: OpX, InC: KnC }, OpY * OpX * KnC];
    } else if (layer.type === 'linear') {
      count += size * layer.size + layer.size;
      size = layer.size;
    }
  }
  return count;
}
