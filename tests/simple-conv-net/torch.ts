import { NAMES, type Parameters } from '@im2grade/simple-conv-net/src/parameters.ts';
import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import * as z from 'zod';
import golden from './golden/simple-conv-net-torch.json' with { type: 'json' };

const numbers = z.array(z.number());
/** A digest of a tensor: its sums, and a sample of its elements. */
const Digest = z.object({
  shape: numbers,
  sum: z.number(),
  sumOfSquares: z.number(),
  index: numbers,
  value: numbers,
});
export type Digest = z.infer<typeof Digest>;

/** What PyTorch computed in float64 for a batch of four, with inputs and parameters made by a formula. */
const torch = z
  .object({
    phase: z.number(),
    /** Shape, frequency, scale, shift. */
    fill: z.record(z.string(), z.tuple([numbers, z.number(), z.number(), z.number()])),
    labels: numbers,
    loss: z.number(),
    stages: z.record(z.string(), Digest),
    gradients: z.record(z.string(), Digest),
  })
  .parse(golden);

/** `convWeight` → `conv_weight`. */
const torchName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** value[i] = scale · sin(freq · i + phase) + shift */
function filled(name: string): Tensor {
  const [shape, frequency, scale, shift] = torch.fill[name];
  const values = new Float64Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = scale * Math.sin(frequency * i + torch.phase) + shift;
  return tensor(shape, values);
}

/** The batch and the parameters that PyTorch was given. */
export const torchInput = () => ({
  x: filled('input'),
  labels: Uint8Array.from(torch.labels),
  parameters: Object.fromEntries(NAMES.map((name) => [name, filled(torchName(name))])) as unknown as Parameters,
});

export const torchLoss = torch.loss;
export const torchStage = (name: string): Digest => torch.stages[name];
export const torchGradient = (name: string): Digest => torch.gradients[torchName(name)];

/** Rounding of sums of a few thousand terms in float64, relative to the tensor's own size. */
const TOLERANCE = 1e-12;

/** The first difference between a tensor and its digest; undefined if there is none. */
export function differenceFrom({ shape, sum, sumOfSquares, index, value }: Digest, got: ArrayLike<number>) {
  const scale = Math.sqrt(sumOfSquares / sizeOf(shape));
  const isNear = (a: number, b: number, size: number) => Math.abs(a - b) <= TOLERANCE * size;
  for (const [i, at] of index.entries()) {
    if (!isNear(got[at], value[i], Math.max(scale, Math.abs(value[i]))))
      return { at, expected: value[i], got: got[at] };
  }
  const sums = { sum: 0, sumOfSquares: 0 };
  for (let i = 0; i < got.length; i++) {
    sums.sum += got[i];
    sums.sumOfSquares += got[i] ** 2;
  }
  if (!isNear(sums.sum, sum, scale * sizeOf(shape))) return { at: 'sum', expected: sum, got: sums.sum };
  if (!isNear(sums.sumOfSquares, sumOfSquares, sumOfSquares))
    return { at: 'sum of squares', expected: sumOfSquares, got: sums.sumOfSquares };
  return undefined;
}
