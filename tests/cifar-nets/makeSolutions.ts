import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '@im2grade/formats';
import { folded } from './made/folded.ts';
import { declared, type Net, randomNet } from './made/Net.ts';
import { first, second } from './made/nets.ts';
import { onLibrary } from './made/onLibrary.ts';
import { onnxOf } from './made/onnxOf.ts';
import { tfjsOf } from './made/tfjsOf.ts';
import { trained } from './made/train.ts';
import { smallTeacher } from './made/transfer.ts';

/** Makes the accepted solutions, and the mutants that change bytes of a model, from the models of the reference. */
const REFERENCE = 'reference/cifar-nets';
const answers = readFileSync(`${REFERENCE}/answers.yaml`, 'utf8');
const [FIRST, SECOND] = ['first', 'second'].map(
  (name) => new RegExp(`  ${name}:(?: \\{.*\\}\\n|\\n(?:    .*\\n)+)`, 'u'),
);
const PLAIN = { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] };

function accepted(name: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join('tests/cifar-nets/accepted', name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** The reference's answers with another declaration of a model. */
const declaring = (name: 'first' | 'second', model: object): string =>
  answers.replace(name === 'first' ? FIRST : SECOND, `  ${name}: ${JSON.stringify(model)}\n`);

onLibrary();
const a: Net = trained(randomNet(first(), 1));
const b: Net = trained(randomNet(second(), 1));
const whole = declaring('second', PLAIN);

accepted('tensors-and-layers', {
  'models/first.safetensors': encodeSafetensors({ tensors: a.tensors, metadata: {} }),
  'answers.yaml': declaring('first', { ...PLAIN, layers: declared(a.layers) }),
});
accepted('onnx-of-strides', { 'models/second.onnx': onnxOf(b), 'answers.yaml': whole });
accepted('softmax-inside', {
  'models/second.onnx': onnxOf({ ...b, layers: [...b.layers, { type: 'softmax' }] }),
  'answers.yaml': whole,
});
accepted('batch-norm-folded', { 'models/first.onnx': onnxOf(folded(a)) });
accepted('normalised-inside', {
  'models/first.onnx': onnxOf(a, { normalised: PLAIN }),
  'answers.yaml': declaring('first', { mean: [0, 0, 0], deviation: [1, 1, 1] }),
});
accepted('half-precision', { 'models/first.onnx': onnxOf(a, { type: 'float16' }) });
accepted(
  'external-data',
  Object.fromEntries(Object.entries(onnxFiles(a)).map(([name, bytes]) => [`models/${name}`, bytes])),
);
accepted(
  'tensorflow-js',
  Object.fromEntries(Object.entries(tfjsOf(a)).map(([name, bytes]) => [`models/first/${name}`, bytes])),
);

/** Both files were renamed after the export. */
function onnxFiles(net: Net): Record<string, Uint8Array> {
  const data: Uint8Array[] = [];
  const model = onnxOf(net, { external: { location: 'model.onnx.data', data } });
  return { 'first.onnx': model, 'first.onnx.data': Buffer.concat(data) };
}

/** A mutant that changes bytes of the transfer-learned model. */
function mutant(name: string, about: string, edit: object, loses: readonly string[]): void {
  const content = { about, base: 'reference', edits: [edit], loses };
  writeFileSync(`tests/cifar-nets/mutants/${name}.yaml`, `${JSON.stringify(content, null, 2)}\n`);
}

const TRANSFER = 'models/transfer.safetensors';
const { tensors } = decodeSafetensors(new Uint8Array(readFileSync(`${REFERENCE}/${TRANSFER}`)));
const hex = ({ data }: StoredTensor, count = data.length): string =>
  Buffer.from(Float32Array.from(data.slice(0, count)).buffer).toString('hex');
const teacher = smallTeacher().tensors;
const halved = (name: string) => {
  const find = tensors[name];
  const replace = { ...find, data: find.data.map((each) => each / 2) };
  return { file: TRANSFER, bytes: { find: hex(find, 4), replace: hex(replace, 4) } };
};
const PREDICTIONS = ['transfer.predictions', 'transfer.accuracy'];

mutant(
  'transfer-frozen-convolution-changed',
  'The first convolution, which should be frozen, was trained as well.',
  halved('conv1.weight'),
  ['transfer.frozen'],
);
mutant(
  'transfer-frozen-norm-changed',
  'A scale of batch norm in the third layer, which should be frozen, was trained as well.',
  halved('layer3.0.bn2.weight'),
  ['transfer.frozen'],
);
mutant(
  'transfer-one-tensor-not-trained',
  'A batch norm of the last block is as it was before.',
  { file: TRANSFER, bytes: { find: hex(tensors['layer4.0.bn1.bias']), replace: hex(teacher['layer4.0.bn1.bias']) } },
  ['transfer.trained'],
);
const predictions = readFileSync(`${REFERENCE}/predictions/transfer.csv`, 'utf8');
const labels = predictions
  .trimEnd()
  .split('\n')
  .map((_, n) => `${n % 10}\n`)
  .join('');
const predicted = (replace: string) => ({ file: 'predictions/transfer.csv', find: predictions, replace });
mutant('transfer-predictions-are-labels', 'The predictions are the labels.', predicted(labels), PREDICTIONS);
mutant(
  'transfer-predictions-shifted',
  'The predictions are those of the images before.',
  predicted(`0\n${predictions.slice(0, -2)}`),
  PREDICTIONS,
);
mutant(
  'transfer-predictions-cut-off',
  'Only half of the images have a prediction.',
  predicted(predictions.slice(0, 400)),
  PREDICTIONS,
);
mutant(
  'transfer-predictions-in-words',
  'The predictions are names of classes.',
  predicted(predictions.replaceAll('3', 'cat')),
  PREDICTIONS,
);
