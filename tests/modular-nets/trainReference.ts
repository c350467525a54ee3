import { loadSmallDigits, type SmallDigitSplit } from '@im2grade/data';
import { evaluate, type LayerDescription, NeuralNet, trainEpoch } from '@im2grade/layers';
import { readModel } from '@im2grade/modular-nets/programs/readModel.ts';
import type { Team } from '@im2grade/nn';
import { runInParallel } from '@im2grade/engine/run';
import { saveCheckpoint } from '@im2grade/programs';
import { tensor } from '@im2grade/tensor';
import { referenceModules } from './referenceModules.ts';

/** The models whose checkpoints are handed in, by their names in the answers; a few epochs are enough. */
const MODELS = {
  logreg: { file: 'logreg', epochs: 25 },
  net_1layer: { file: 'net_1layer', epochs: 10 },
  net_2layer: { file: 'net_2layer', epochs: 10 },
  convnet1: { file: 'convnet1_method2', epochs: 4 },
  convnet2: { file: 'convnet2', epochs: 4 },
};
const SKELETON = 'skeleton/modular-nets';
const REFERENCE = 'reference/modular-nets';
/** Weights are rounded to whole multiples of this, so that the checkpoints compress well. */
const GRAIN = 1 / 128;

/** Trains a model, rounds and saves it; returns its row of the answers. */
function trainedRow(digits: SmallDigitSplit, name: string, file: string, epochs: number): string {
  const model = readModel(`${SKELETON}/models/${file}.yaml`);
  const net = new NeuralNet({ ...model, network: model.network.map(byMethod1) }, referenceModules);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const step of trainEpoch(net, digits.train, model.batch_size, epoch)) void step;
    console.error(`${name}, epoch ${epoch + 1}:`, evaluate(net, digits.validation));
  }
  for (const { data } of Object.values(net.Parameters()))
    for (let i = 0; i < data.length; i++) data[i] = Math.round(data[i] / GRAIN) * GRAIN + 0;
  const parameters = Object.entries(net.Parameters()).map(([key, { shape, data }]) => [
    key,
    tensor(shape, Float32Array.from(data)),
  ]);
  saveCheckpoint(`${REFERENCE}/${model.checkpoint_file}`, Object.fromEntries(parameters), { digits: digits.name });
  const cells = (['train', 'validation', 'test'] as const).map((part) => {
    const { crossEntropy, accuracy } = evaluate(net, digits[part]);
    return `    ${part}: { cross_entropy: ${crossEntropy.toFixed(4)}, accuracy: ${accuracy.toFixed(4)} }\n`;
  });
  return `  ${name}:\n${cells.join('')}`;
}

/** The same run, but faster. */
const byMethod1 = (layer: LayerDescription): LayerDescription =>
  layer.type === 'CONVOLUTIONAL' ? { ...layer, convolve_method: 'method1' } : layer;

/** The one member of the team trains all models, saves them, and prints the table of results for the answers. */
export function trainAll(_team: Team, digits: SmallDigitSplit): void {
  const rows = Object.entries(MODELS).map(([name, { file, epochs }]) => trainedRow(digits, name, file, epochs));
  console.log(`results:\n${rows.join('')}`);
}

// The folder does not exist, so the digits that every student has are used.
await runInParallel(trainAll, import.meta.url, await loadSmallDigits('no/usps'), {
  IM2GRADE_GEMM: process.env['IM2GRADE_GEMM'],
});
