import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { CHANNELS, CLASSES, PLANE } from './cifarFiles.ts';
import type { ColourImages } from './loadCifar.ts';

export const MADE_UP = { train: 300, test: 400 };

const SEED = 10;
const SIDE = Math.sqrt(PLANE);
/** A pattern has as many colours in each direction, and passes smoothly from one to the next. */
const KNOTS = 5;
/** How far an image is shifted at most, in pixels. */
const SHIFT = 3;
/** The most that another class's pattern is mixed in. */
const MIXED = 0.48;
const NOISE = 40;

/**
 * Made-up images of the size of CIFAR-10's: each class has a pattern of colours, and an image is its pattern,
 * shifted, mixed with another one and with noise. They are the same on every machine, and small networks can tell them
 * apart, but not all of them.
 *
 * @example
 * ```ts
 * madeUpCifar().test.count; // 400
 * ```
 */
export function madeUpCifar(): { readonly train: ColourImages; readonly test: ColourImages } {
  const generator = xoroshiro128plus(SEED);
  const random = () => uniformFloat64(generator);
  const patterns = Array.from({ length: CLASSES }, () =>
    Float64Array.from({ length: (KNOTS + 1) ** 2 * CHANNELS }, () => 255 * random()),
  );
  return { train: images(MADE_UP.train, patterns, random), test: images(MADE_UP.test, patterns, random) };
}

function images(count: number, patterns: readonly Float64Array[], random: () => number): ColourImages {
  const all = new Uint8ClampedArray(count * PLANE * CHANNELS);
  const labels = Uint8Array.from({ length: count }, (_, n) => n % CLASSES);
  for (let n = 0; n < count; n++) {
    const other = (labels[n] + 1 + Math.floor(random() * (CLASSES - 1))) % CLASSES;
    const share = MIXED * random();
    const [dy, dx] = [random(), random()].map((each) => (2 * each - 1) * SHIFT);
    for (let p = 0, at = n * PLANE * CHANNELS; p < PLANE; p++) {
      const place = [Math.floor(p / SIDE) + dy, (p % SIDE) + dx] as const;
      for (let channel = 0; channel < CHANNELS; channel++, at++) {
        const own = colourAt(patterns[labels[n]], place, channel);
        const mixed = (1 - share) * own + share * colourAt(patterns[other], place, channel);
        all[at] = mixed + NOISE * (random() + random() - 1);
      }
    }
  }
  return { images: new Uint8Array(all.buffer), labels, count };
}

/** Between the four knots around a place; beyond the edge the pattern goes on as it is there. */
function colourAt(pattern: Float64Array, [y, x]: readonly [number, number], channel: number): number {
  const [v, u] = [y, x].map((each) => (KNOTS * Math.min(SIDE - 1, Math.max(0, each))) / SIDE);
  const [row, column] = [Math.floor(v), Math.floor(u)];
  const knot = (i: number, j: number) => pattern[((row + i) * (KNOTS + 1) + column + j) * CHANNELS + channel];
  const across = (i: number) => knot(i, 0) + (u - column) * (knot(i, 1) - knot(i, 0));
  return across(0) + (v - row) * (across(1) - across(0));
}
