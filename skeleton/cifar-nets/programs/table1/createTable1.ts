import { FusedConv2DLayer, poolGeometry, PoolingLayer } from '@im2grade/fastconv';
import { convGeometry, LReLuLayer, type Team } from '@im2grade/nn';
import { Network } from '@im2grade/nn/networks';
import { NormalisingLayer } from './NormalisingLayer.ts';

/** Rows, columns and channels of an image. */
const IMAGE = { InY: 32, InX: 32, InC: 3 };
/** What is subtracted from every channel, as a share of the brightest, and by what the rest is divided. */
export const NORMALISATION = { mean: 0.5, deviation: 0.25 };
const CLASSES = 10;

/** Filters of the three convolutions, units of the hidden layer. */
export interface Widths {
  readonly filters: readonly number[];
  readonly hidden: number;
}

const TABLE_1: Widths = { filters: [32, 64, 128], hidden: 64 };

/** The network of Table 1: convolutions 5×5 with a padding of 2, each with a pooling 2×2, and two dense layers. */
export function createTable1(seed: number, team: Team, { filters, hidden }: Widths = TABLE_1): Network {
  const network = new Network({ seed, real: Float32Array, team });
  let { InY, InX, InC } = IMAGE;
  network.addInput(InY * InX * InC);
  network.addLayer((ID, size) => new NormalisingLayer(size, ID, NORMALISATION));
  filters.forEach((KnC, i) => {
    const geometry = convGeometry({ InY, InX, InC, KnY: 5, KnX: 5, KnC, Py: 2, Px: 2 });
    network.addLayer((ID) => new FusedConv2DLayer(ID, geometry, { isFirst: i === 0 }));
    network.addLayer((ID, size) => new LReLuLayer(size, ID, 0));
    const pooling = poolGeometry({ InY, InX, C: KnC, KnY: 2, KnX: 2 });
    network.addLayer((ID) => new PoolingLayer(ID, 'max', pooling));
    [InY, InX, InC] = [pooling.OpY, pooling.OpX, KnC];
  });
  network.addLinear(InY * InX * InC, hidden);
  network.addLayer((ID, size) => new LReLuLayer(size, ID, 0));
  network.addLinear(hidden, CLASSES);
  network.addSoftMax(CLASSES);
  return network;
}
