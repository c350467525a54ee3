import { expect, test } from '@jest/globals';
import type { ExaminedModel, LabelledImages } from '@im2grade/kit';
import { measured, PIXELS } from './measured.ts';

const AS_THEY_ARE = { mean: [0, 0, 0], deviation: [1, 1, 1] };

/** Gives an image the class of its first pixel, and counts the images that it sees. */
function modelOfFirstPixel() {
  const seen = { images: 0 };
  const model = {
    files: { path: 'models/any.onnx' },
    structure: () => Promise.resolve({ input: { shape: [3, 32, 32], channels: 'first' }, output: [10], work: 1 }),
    outputs: (images: Uint8Array, count: number) => {
      seen.images += count;
      return Promise.resolve(
        Float32Array.from({ length: 10 * count }, (_, i) => Number(images[Math.floor(i / 10) * PIXELS] === i % 10)),
      );
    },
  };
  return { seen, model: model as unknown as ExaminedModel };
}

/** Images of which a share has the class of its first pixel. */
function imagesOf(count: number, share: number): LabelledImages {
  const images = new Uint8Array(count * PIXELS);
  const labels = Uint8Array.from({ length: count }, (_, n) => (n < share * count ? 0 : 1));
  return { images, labels, count };
}

const [near, far] = [() => false, () => true];

test('sets of the same number of images are distinguished', async () => {
  const { model } = modelOfFirstPixel();
  const accuracyOn = async (share: number) => measured(model, imagesOf(400, share), AS_THEY_ARE, 1, near);
  expect((await accuracyOn(0.75)).accuracy).toBe(0.75);
  expect((await accuracyOn(0.25)).accuracy).toBe(0.25);
});

test('a few images are looked at first, and no more than all test images if they do not decide', async () => {
  const { model, seen } = modelOfFirstPixel();
  const images = imagesOf(10_400, 0.5);
  expect(await measured(model, images, AS_THEY_ARE, 1, far)).toMatchObject({ count: 1000 });
  expect(seen.images).toBe(1000);
  const found = await measured(model, images, AS_THEY_ARE, 1, near);
  expect(found.count).toBe(10_000);
  expect(found.within).toBeCloseTo(0.0098, 4);
  expect(seen.images).toBe(11_000);
  await measured(model, images, AS_THEY_ARE, 1, near);
  expect(seen.images).toBe(11_000);
});
