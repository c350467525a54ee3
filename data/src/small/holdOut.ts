import { createRandom } from '@im2grade/nn';
import { type SmallDigits, SMALL_PIXELS } from './SmallDigits.ts';

/** How many of the digits to train on are held out for validation, as in the course. */
export const HELD_OUT = 1000;
const SEED = 42;

/** Takes 1,000 digits, always the same ones, out of those to train on; each part keeps their order. */
export function holdOut(digits: SmallDigits): { train: SmallDigits; validation: SmallDigits } {
  const order = Int32Array.from(digits.labels.keys());
  createRandom(SEED).shuffle(order);
  return {
    train: chosen(digits, order.subarray(HELD_OUT).sort()),
    validation: chosen(digits, order.subarray(0, HELD_OUT).sort()),
  };
}

function chosen({ images, labels }: SmallDigits, indices: Int32Array): SmallDigits {
  const some = new Float32Array(indices.length * SMALL_PIXELS);
  indices.forEach((from, to) =>
    some.set(images.subarray(from * SMALL_PIXELS, (from + 1) * SMALL_PIXELS), to * SMALL_PIXELS),
  );
  return { images: some, labels: Uint8Array.from(indices, (index) => labels[index]), count: indices.length };
}
