import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type SmallDigits, SMALL_PIXELS } from './SmallDigits.ts';

/** How many of the digits to train on are held out for validation, as in the course. */
export const HELD_OUT = 1000;
const SEED = 42;

/** Takes 1,000 digits, always the same ones, out of those to train on; each part keeps their order. */
export function holdOut(digits: SmallDigits): { train: SmallDigits; validation: SmallDigits } {
  const order = Int32Array.from(digits.labels.keys());
  shuffle(order);
  return {
    train: chosen(digits, order.subarray(HELD_OUT).sort()),
    validation: chosen(digits, order.subarray(0, HELD_OUT).sort()),
  };
}

/** In place (Fisher and Yates); the same seed gives the same order on every machine. */
function shuffle(order: Int32Array): void {
  const generator = xoroshiro128plus(SEED);
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniformFloat64(generator) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
}

function chosen({ images, labels }: SmallDigits, indices: Int32Array): SmallDigits {
  const some = new Float32Array(indices.length * SMALL_PIXELS);
  indices.forEach((from, to) =>
    some.set(images.subarray(from * SMALL_PIXELS, (from + 1) * SMALL_PIXELS), to * SMALL_PIXELS),
  );
  return { images: some, labels: Uint8Array.from(indices, (index) => labels[index]), count: indices.length };
}
