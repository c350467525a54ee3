import type { Layer } from './Net.ts';

const conv = (name: string, channels: number, filters: number, size: number, padding: number): Layer => ({
  type: 'conv2d',
  ...{ name, channels, filters, size, padding },
});
const pool: Layer = { type: 'max-pool', size: 2 };
const relu: Layer = { type: 'relu' };
const flatten: Layer = { type: 'flatten' };
const linear = (name: string, inputs: number, units: number): Layer => ({ type: 'linear', name, inputs, units });

export interface LenetOptions {
  readonly filters?: readonly [number, number, number];
  readonly size?: number;
  readonly padding?: number;
  readonly units?: number;
}

/** The network of Table 1, or one that differs in some of its numbers. */
export function lenet({ filters = [32, 64, 128], size = 5, padding = 2, units = 64 }: LenetOptions = {}): Layer[] {
  let side = 32;
  const convolutions = filters.flatMap((count, i) => {
    side = Math.floor((side + 2 * padding - size + 1) / 2);
    return [conv(`conv${i + 1}`, i === 0 ? 3 : filters[i - 1], count, size, padding), relu, pool];
  });
  return [...convolutions, flatten, linear('fc1', side * side * filters[2], units), relu, linear('fc2', units, 10)];
}

/** Small convolutions with batch norm. */
export const first = (): Layer[] => [
  conv('conv1', 3, 24, 3, 1),
  { type: 'batch-norm', name: 'bn1', units: 24 },
  ...[relu, pool],
  conv('conv2', 24, 48, 3, 1),
  { type: 'batch-norm', name: 'bn2', units: 48 },
  ...[relu, pool],
  { type: 'average-pool', size: 4 },
  flatten,
  linear('fc', 192, 10),
];

/** Wide strides in place of pooling. */
export const second = (): Layer[] => [
  { type: 'conv2d', name: 'conv1', channels: 3, filters: 32, size: 5, padding: 2, stride: 2 },
  relu,
  { type: 'conv2d', name: 'conv2', channels: 32, filters: 48, size: 3, padding: 1, stride: 2 },
  ...[relu, { type: 'max-pool', size: 4 } as const, flatten],
  linear('fc', 192, 10),
];
