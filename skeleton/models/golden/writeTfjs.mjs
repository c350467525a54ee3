/**
 * Writes small networks as TensorFlow.js saves them, and what it computes with them; see write.py. Run by hand, with the
 * folder in which @tensorflow/tfjs-core, -layers and -backend-cpu 4.22 are installed:
 *
 *     node writeTfjs.mjs /some/folder
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const load = createRequire(join(resolve(process.argv[2] ?? '.'), 'any.js'));
const core = load('@tensorflow/tfjs-core');
load('@tensorflow/tfjs-backend-cpu');
const { input, layers, model: functional, sequential } = load('@tensorflow/tfjs-layers');

const IMAGES = 3;
const { glorotUniform, randomUniform } = load('@tensorflow/tfjs-layers').initializers;
let seed = 0;
const seeded = () => ({ kernelInitializer: glorotUniform({ seed: ++seed }), biasInitializer: uniform(-0.3, 0.3) });
const uniform = (minval, maxval) => randomUniform({ minval, maxval, seed: ++seed });

const conv = (filters, kernelSize, more = {}) => layers.conv2d({ filters, kernelSize, ...seeded(), ...more });
const dense = (units, more = {}) => layers.dense({ units, ...seeded(), ...more });
const norm = () =>
  layers.batchNormalization({
    betaInitializer: uniform(-0.5, 0.5),
    gammaInitializer: uniform(0.5, 1.5),
    movingMeanInitializer: uniform(-0.2, 0.2),
    movingVarianceInitializer: uniform(0.5, 2),
  });

function lenet() {
  const pool = () => layers.maxPooling2d({ poolSize: 2, strides: 2 });
  const same = { padding: 'same', activation: 'relu' };
  return sequential({
    layers: [
      conv(4, 5, { ...same, inputShape: [16, 16, 3] }),
      pool(),
      conv(6, 5, same),
      pool(),
      layers.flatten(),
      dense(8, { activation: 'relu' }),
      layers.dropout({ rate: 0.5 }),
      dense(10, { activation: 'softmax' }),
    ],
  });
}

function branches() {
  const images = input({ shape: [11, 9, 3] });
  const stem = layers
    .reLU()
    .apply(norm().apply(conv(4, 3, { strides: 2, padding: 'same', useBias: false }).apply(images)));
  const side = layers.leakyReLU({ alpha: 0.2 }).apply(conv(4, 1).apply(stem));
  const deep = conv(4, 3, { padding: 'same', dilationRate: 2, activation: 'elu' }).apply(stem);
  const sum = layers.add().apply([side, deep]);
  const pooled = layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(sum);
  const depthwise = layers.depthwiseConv2d({ kernelSize: 3, depthwiseInitializer: glorotUniform({ seed: ++seed }) });
  const padded = depthwise.apply(
    layers
      .zeroPadding2d({
        padding: [
          [1, 0],
          [0, 2],
        ],
      })
      .apply(sum),
  );
  const joined = layers
    .concatenate()
    .apply([layers.globalAveragePooling2d({}).apply(pooled), layers.globalMaxPooling2d({}).apply(padded)]);
  return functional({ inputs: images, outputs: dense(5).apply(joined) });
}

async function write(name, model, logits) {
  const [, rows, columns, channels] = model.inputs[0].shape;
  const pixels = Float32Array.from(
    { length: IMAGES * rows * columns * channels },
    (_, i) => Number((BigInt(i) * 2654435761n) % 2n ** 32n) / 2 ** 32,
  );
  const result = model.predict(core.tensor(pixels, [IMAGES, rows, columns, channels]));
  logits[name] = { shape: [rows, columns, channels], logits: [...result.dataSync()] };
  await model.save({
    save: ({ modelTopology, weightSpecs, weightData }) => {
      const weightsManifest = [{ paths: [`./${name}.bin`], weights: weightSpecs }];
      writeFileSync(
        join(HERE, `${name}.json`),
        JSON.stringify({ format: 'layers-model', modelTopology, weightsManifest }),
      );
      writeFileSync(join(HERE, `${name}.bin`), Buffer.from(core.io.CompositeArrayBuffer.join(weightData)));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
}

const logits = {};
await write('tfjs-lenet', lenet(), logits);
await write('tfjs-branches', branches(), logits);
writeFileSync(join(HERE, 'logits-tfjs.json'), `${JSON.stringify(logits)}\n`);
