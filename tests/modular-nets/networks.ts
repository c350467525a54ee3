import { type LayerDescription, type NetworkDescription, sizesOf, unitsOf } from '@im2grade/layers';

/** A tensor of parameters, as a network names it. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The parameters of a network, in the order in which they are stored. */
export function parametersOf(description: NetworkDescription): ParameterShape[] {
  const sizes = sizesOf(description);
  return description.network.flatMap((layer, i) => {
    if (layer.type === 'MAXPOOL') return [];
    const { num_channels: K } = layer;
    const rest = layer.type === 'FC' ? [unitsOf(sizes[i])] : [sizes[i].num_channels, ...kernelOf(layer)];
    return [
      { name: `${layer.name}.weights`, shape: [K, ...rest] },
      { name: `${layer.name}.bias`, shape: [K] },
    ];
  });
}

const kernelOf = ({ kernel_size }: { readonly kernel_size: number }): [number, number] => [kernel_size, kernel_size];

/** The shapes of each layer's output for a batch. */
export const statesOf = (description: NetworkDescription, N: number): number[][] =>
  sizesOf(description)
    .slice(1)
    .map(({ num_channels, size_y, size_x }) => [N, num_channels, size_y, size_x]);

const learning = { init_wt: 0.3, epsilon: 0.05, momentum: 0.9, l2_decay: 0.01 };

export const fullyConnected = (name: string, num_channels: number): LayerDescription => ({
  name,
  type: 'FC',
  num_channels,
  ...learning,
});

/** A convolution by one of the two methods; by default 3×3 with a padding of 1. */
export const convolution = (
  name: string,
  num_channels: number,
  method: 1 | 2,
  { kernel_size = 3, padding = 1 } = {},
): LayerDescription => {
  const convolve_method = `method${method}` as const;
  return { name, type: 'CONVOLUTIONAL', num_channels, kernel_size, stride: 1, padding, convolve_method, ...learning };
};

export const pooling = (name: string): LayerDescription => ({
  name,
  type: 'MAXPOOL',
  kernel_size: 2,
  stride: 2,
  padding: 0,
});

/** A small network on images of two channels that are not square. */
export const small = (...network: LayerDescription[]): NetworkDescription => ({
  input_image_size_y: 6,
  input_image_size_x: 4,
  input_num_channels: 2,
  network,
});
