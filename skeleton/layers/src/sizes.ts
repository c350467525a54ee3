import type { LayerDescription, NetworkDescription, Windowed } from './model.ts';

/** The size of a layer's input or output, a cuboid. The output of a fully connected layer is 1×1 in space. */
export interface Size {
  readonly num_channels: number;
  readonly size_y: number;
  readonly size_x: number;
}

/** How many units a cuboid has. */
export const unitsOf = ({ num_channels, size_y, size_x }: Size): number => num_channels * size_y * size_x;

/** A layer that does not fit the one before: which one, which of its fields, and what to do. */
export class LayerMisfit extends Error {
  override readonly name = 'LayerMisfit';
  /** Index in `network`. */
  readonly layer: number;
  readonly field: string;

  constructor(layer: number, field: string, message: string) {
    super(message);
    this.layer = layer;
    this.field = field;
  }
}

/**
 * What comes out of each layer; the first entry is the image.
 *
 * @throws LayerMisfit when a layer does not fit the one before
 */
export function sizesOf(description: NetworkDescription): Size[] {
  const { input_num_channels, input_image_size_y, input_image_size_x, network } = description;
  const sizes: Size[] = [{ num_channels: input_num_channels, size_y: input_image_size_y, size_x: input_image_size_x }];
  network.forEach((layer, index) => sizes.push(outputSize(layer, sizes[index], index)));
  const last = network.length - 1;
  if (network[last]?.type !== 'FC')
    throw new LayerMisfit(last, 'type', 'the last layer gives the probabilities: make it type FC');
  return sizes;
}

function outputSize(layer: LayerDescription, input: Size, index: number): Size {
  if (layer.type === 'FC') return { num_channels: layer.num_channels, size_y: 1, size_x: 1 };
  if (layer.padding >= layer.kernel_size)
    throw new LayerMisfit(
      index,
      'padding',
      `padding ${layer.padding} must be less than kernel_size ${layer.kernel_size}: beyond that a window sees nothing but zeros`,
    );
  if (layer.type === 'CONVOLUTIONAL' && layer.convolve_method === 'method2' && layer.stride !== 1)
    throw new LayerMisfit(index, 'stride', `convolve_method method2 knows stride 1 only; set stride 1, or method1`);
  return {
    num_channels: layer.type === 'MAXPOOL' ? input.num_channels : layer.num_channels,
    size_y: positions(layer, input.size_y, index),
    size_x: positions(layer, input.size_x, index),
  };
}

/** (size + 2·padding − kernel_size) / stride + 1. */
function positions({ kernel_size, stride, padding }: Windowed, size: number, index: number): number {
  const room = size + 2 * padding - kernel_size;
  if (room < 0)
    throw new LayerMisfit(
      index,
      'kernel_size',
      `kernel_size ${kernel_size} is larger than the output of the layer before (${size}, with padding ${size + 2 * padding}); make it smaller`,
    );
  if (room % stride !== 0)
    throw new LayerMisfit(
      index,
      'stride',
      `stride ${stride} does not divide ${size} + 2·${padding} − ${kernel_size} = ${room}; change stride, padding or kernel_size`,
    );
  return room / stride + 1;
}
