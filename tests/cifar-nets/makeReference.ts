import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { encodeSafetensors, type NamedTensors } from '@im2grade/formats';
import { evaluate, residualGraph } from '@im2grade/models';
import { first, lenet, second } from './made/nets.ts';
import { declared, graphOf, type Layer, type Net, randomNet } from './made/Net.ts';
import { pagesOf, writePdf } from '../../grader/documents/test/writePdf.ts';
import { onLibrary } from './made/onLibrary.ts';
import { onnxOf } from './made/onnxOf.ts';
import { accuracyOf, data, normalised, trained } from './made/train.ts';
import { smallTeacher, transferred } from './made/transfer.ts';

/** Makes the models of the reference, and prints what belongs into its answers. */
const MODELS = 'reference/cifar-nets/models';
const wanted = process.argv.slice(2);

function made(name: string, layers: readonly Layer[], write: (net: Net) => readonly [extension: string, Uint8Array]) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const net = trained(randomNet(layers, 1));
  const [extension, bytes] = write(net);
  writeFileSync(`${MODELS}/${name}.${extension}`, bytes);
  const graph = graphOf(net);
  console.log(name, JSON.stringify(declared(layers)));
  console.log(`${name}: training ${accuracyOf(graph, data.train)}, test ${accuracyOf(graph, data.test)}`);
}

/** A report with nothing but its headings and a picture on each page. */
function report(): Buffer {
  const page = (task: number, questions: string) => ({
    lines: [`Task ${task}`, ...[...questions].map((question) => `(${question}) see answers.yaml`)],
    drawing: '/I Do',
  });
  return writePdf(pagesOf([page(1, ''), page(2, 'abcde'), page(3, 'abcdefg')]));
}

writeFileSync('reference/cifar-nets/report.pdf', report());
onLibrary();
mkdirSync(MODELS, { recursive: true });
made('lenet', lenet(), (net) => ['onnx', onnxOf(net)]);
made('first', first(), (net) => ['onnx', onnxOf(net)]);
made('second', second(), ({ tensors }) => ['safetensors', encodeSafetensors({ tensors, metadata: {} })]);

function digests({ tensors }: NamedTensors): string {
  const all = Object.entries(tensors).map(([name, { data: values }]) => {
    const bytes = new Uint8Array(Float32Array.from(values).buffer);
    return [name, createHash('sha256').update(bytes).digest('hex')];
  });
  return `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`;
}

const teacher = smallTeacher();
const tuned = transferred(teacher);
const graph = residualGraph('transfer', tuned, { input: [3, 32, 32] });
const outputs = evaluate(graph, normalised(data.test));
const classes = Array.from(data.test.labels, (_, n) => {
  const row = [...outputs.subarray(10 * n, 10 * (n + 1))];
  return row.indexOf(Math.max(...row));
});
writeFileSync('tests/cifar-nets/transfer/teacher.json', digests(teacher));
writeFileSync(`${MODELS}/transfer.safetensors`, encodeSafetensors(tuned));
writeFileSync('reference/cifar-nets/predictions/transfer.csv', `${classes.join('\n')}\n`);
console.log('transfer: training', accuracyOf(graph, data.train), 'test', accuracyOf(graph, data.test));
