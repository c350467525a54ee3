import type { LayerDescription, NetworkDescription } from '@im2grade/layers';
import { convolution, fullyConnected, pooling } from './networks.ts';

const digits = (...network: LayerDescription[]): NetworkDescription => ({
  input_image_size_y: 16,
  input_image_size_x: 16,
  input_num_channels: 1,
  network,
});

const convnet = (window: { readonly kernel_size: number; readonly padding: number }): NetworkDescription =>
  digits(
    convolution('conv_1', 16, 2, window),
    pooling('maxpool_1'),
    convolution('conv_2', 32, 2, window),
    pooling('maxpool_2'),
    fullyConnected('fc_1', 512),
    fullyConnected('output', 10),
  );

/**
 * The models whose results are asked for, by their names in the answers: layers and sizes as in the skeleton's
 * `models/`.
 */
export const models = {
  logreg: digits(fullyConnected('output', 10)),
  net_1layer: digits(fullyConnected('fc_1', 512), fullyConnected('output', 10)),
  net_2layer: digits(fullyConnected('fc_1', 512), fullyConnected('fc_2', 512), fullyConnected('output', 10)),
  convnet1: convnet({ kernel_size: 3, padding: 1 }),
  convnet2: convnet({ kernel_size: 5, padding: 2 }),
} as const;
