import type { InputSize, Network, NetworkDescription, NetworkOptions } from '@im2grade/nn';
import { buildNetwork } from '@im2grade/nn/networks';
import { Conv2DLayer } from './Conv2DLayer.ts';
import { Im2MatLayer } from './Im2MatLayer.ts';

/** Builds a network whose convolutions are yours: each is an `Im2MatLayer` followed by a `Conv2DLayer`. */
export function createNetwork(
  description: NetworkDescription,
  input: InputSize,
  options: Omit<NetworkOptions, 'convolution'> = {},
): Network {
  return buildNetwork(description, input, { ...options, convolution: { Im2MatLayer, Conv2DLayer } });
}
