import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { evaluate, sequentialGraph } from '@im2grade/models';
import { createRandom, teamOfOne } from '@im2grade/nn';
import { ARCHITECTURE } from '../../skeleton/cifar-nets/programs/table1/architecture.ts';
import { createTable1, type Widths } from '../../skeleton/cifar-nets/programs/table1/createTable1.ts';
import { torchTensors } from '../../skeleton/cifar-nets/programs/table1/torchTensors.ts';
import { splitImages, trainEpochs } from '../../skeleton/cifar-nets/programs/table1/trainEpochs.ts';
import { loadTraining, saveTraining } from '../../skeleton/cifar-nets/programs/table1/trainingFiles.ts';

const NARROW: Widths = { filters: [2, 3, 4], hidden: 5 };
const PIXELS = 32 * 32 * 3;
const folder = mkdtempSync(join(tmpdir(), 'im2grade-table1-'));
afterAll(() => rmSync(folder, { recursive: true }));
const filesOf = (name: string) => ({ model: join(folder, `${name}.safetensors`), curves: join(folder, `${name}.csv`) });

test('has the parameters that the handout asks for', () => {
  expect(createTable1(1, teamOfOne).nParams).toBe(390_410);
});

test('what is saved is read as a model, which computes the same', () => {
  const network = createTable1(7, teamOfOne, NARROW);
  const random = createRandom(3);
  const images = Float32Array.from({ length: 2 * PIXELS }, () => random.uniform(0, 1));
  const expected = network.forward(images, 2);
  const graph = sequentialGraph('lenet', { tensors: torchTensors(network), metadata: {} }, ARCHITECTURE);
  const got = evaluate(graph, normalised(images));
  expect(got.length).toBe(20);
  got.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
});

/** As `answers.yaml` declares it. */
const normalised = (images: Float32Array) => images.map((value) => (value - 0.5) / 0.25);

/** Bright images of one class, dark ones of the other. */
function madeUp(count: number) {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const images = Uint8Array.from({ length: count * PIXELS }, (_, i) => 60 + 120 * labels[Math.floor(i / PIXELS)]);
  return { images, labels, count };
}

test('a training that was stopped goes on as if it had not been', () => {
  const sets = splitImages(madeUp(40), madeUp(10));
  const plan = { batchSize: 4, learningRate: 0.1, seed: 2 };
  const whole = createTable1(1, teamOfOne, NARROW);
  trainEpochs(whole, { ...plan, epochs: 2 }, sets, filesOf('whole'));
  trainEpochs(createTable1(1, teamOfOne, NARROW), { ...plan, epochs: 1 }, sets, filesOf('parts'));
  const resumed = createTable1(9, teamOfOne, NARROW);
  const begun = loadTraining(filesOf('parts'), resumed);
  expect(begun.epochs).toEqual([1]);
  trainEpochs(resumed, { ...plan, epochs: 2 }, sets, filesOf('parts'), { begun });
  expect(resumed.parameters()).toEqual(whole.parameters());
  const [all, own] = ['whole', 'parts'].map((name) => loadTraining(filesOf(name), createTable1(1, teamOfOne, NARROW)));
  expect(own).toEqual(all);
  expect(all.epochs).toEqual([1, 2]);
});

test('files of another training are refused in one line', () => {
  const network = createTable1(1, teamOfOne, NARROW);
  const files = filesOf('other');
  saveTraining(files, network, { epochs: [1], values: { train_loss: [2] } });
  expect(() => loadTraining(files, createTable1(1, teamOfOne, { ...NARROW, hidden: 6 }))).toThrow(
    /other\.safetensors: fc1\.weight is of shape \[5, 64\], not \[6, 64\]$/,
  );
  saveTraining({ ...files, model: join(folder, 'later.safetensors') }, network, { epochs: [1, 2], values: {} });
  expect(() => loadTraining(files, network)).toThrow(/has 2 epochs, .* is of another; start over with --restart$/);
});
