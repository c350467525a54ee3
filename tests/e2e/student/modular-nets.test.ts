import { spawn } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { jest, program, studentFolder } from '../support/studentFolder.ts';

const { folder, run } = studentFolder('modular-nets');

/** A model of the handout under another name, with something in it replaced. */
function model(name: string, from: string, replacements: readonly (readonly [string | RegExp, string])[] = []): string {
  const own = [[/checkpoints\/\w+?(_stats\.csv|\.safetensors)/g, `checkpoints/${name}$1`] as const];
  const text = readFileSync(join(folder, `solved/models/${from}.yaml`), 'utf8');
  const path = join(folder, `solved/models/${name}.yaml`);
  writeFileSync(
    path,
    [...own, ...replacements].reduce((changed, [find, replace]) => changed.replace(find, replace), text),
  );
  return `models/${name}.yaml`;
}
const solved = (path: string): string => join(folder, 'solved', path);

test.concurrent(
  'the public tests pass with the reference',
  async () => {
    const { code, output } = await run('solved', jest);
    expect(output).toMatch(/Tests: +13 passed, 13 total/);
    expect(code).toBe(0);
  },
  600_000,
);

test.concurrent(
  'with the stubs every public test names the part',
  async () => {
    const { code, output } = await run('stubs', jest);
    expect(output).toMatch(/Tests: +13 failed, 13 total/);
    expect(output).toContain('FullyConnected.ComputeUp is not written yet (part 1.1');
    expect(output).toContain('ConvMethod2.ComputeDown is not written yet (part 2.2');
    expect(code).toBe(1);
  },
  600_000,
);

test.concurrent.each(['logreg', 'convnet_gradcheck'])(
  'the gradient check passes on %s',
  async (name) => {
    const { code, output } = await run('solved', program('grad-check', `models/${name}.yaml`, '--samples', '100'));
    expect(output).toMatch(/^(The gradient for \w+\.(weights|bias) looks OK\.\n)+PASSED\n$/);
    expect(code).toBe(0);
  },
  600_000,
);

test.concurrent(
  'the gradient check says which gradient is wrong',
  async () => {
    cpSync(solved('.'), join(folder, 'wrong'), { recursive: true });
    const path = join(folder, 'wrong/src/FullyConnected.ts');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('scale(sum(dC_by_doutputs, [0]), share)', 'sum(dC_by_doutputs, [0])'),
    );
    const { code, output } = await run('wrong', program('grad-check', 'models/logreg.yaml', '--samples', '50'));
    expect(output).toMatch(
      /^The gradient for output\.weights looks OK\.\nThe gradient for output\.bias is wrong: element \d+ is \S+, finite differences say [^\n]+\nFAILED\n$/,
    );
    expect(code).toBe(1);
  },
  600_000,
);

describe('train', () => {
  const epochLine =
    /epoch +(\d+)\/\d+: train cross-entropy \d\.\d{4} accuracy 0\.\d{4}, validation cross-entropy \d\.\d{4} accuracy 0\.\d{4}/g;
  const few = ['--digits', '300'];

  test.concurrent(
    'prints each epoch, keeps the best, shows the activations, and evaluate prints six numbers',
    async () => {
      const file = model('short', 'logreg', [['max_epochs: 25', 'max_epochs: 3']]);
      const { code, output } = await run('solved', program('train', file, ...few));
      expect(output).toMatch(
        /^digits: MNIST resampled to 16×16, 300 to train on, 1000 to validate on; 2570 parameters\n/,
      );
      expect(output.match(epochLine)).toHaveLength(3);
      expect(output).toMatch(/best on the validation set: epoch \d, [^\n]+; checkpoints\/short\.safetensors\n$/);
      expect(code).toBe(0);
      expect(readFileSync(solved('checkpoints/short_stats.csv'), 'utf8').trim().split('\n')).toHaveLength(4);
      const page = readFileSync(solved('checkpoints/short.html'), 'utf8');
      expect(page).toContain('MNIST resampled to 16×16');
      expect(page.match(/<meter /g)).toHaveLength(10);
      const evaluated = await run('solved', program('evaluate', file));
      expect(evaluated.output).toMatch(
        /^checkpoints\/short\.safetensors, epoch \d; digits: MNIST resampled to 16×16\n +cross-entropy +accuracy\n(\w+ +\d\.\d{4} +0\.\d{4}\n){3}$/,
      );
      expect(evaluated.code).toBe(0);
    },
    600_000,
  );

  test.concurrent(
    'resumes an interrupted training, and reaches the same net',
    async () => {
      const [whole, parts] = ['whole', 'parts'].map((name) =>
        model(name, 'logreg', [['max_epochs: 25', 'max_epochs: 4']]),
      );
      await run('solved', program('train', whole, ...few));
      model('parts', 'logreg', [['max_epochs: 25', 'max_epochs: 2']]);
      await run('solved', program('train', parts, ...few));
      model('parts', 'logreg', [['max_epochs: 25', 'max_epochs: 4']]);
      const { output } = await run('solved', program('train', parts, ...few));
      expect(output).toContain('resuming after epoch 2\n');
      expect([...output.matchAll(epochLine)].map(([, epoch]) => epoch)).toEqual(['3', '4']);
      const [a, b] = ['whole', 'parts'].map((name) => readFileSync(solved(`checkpoints/${name}_stats.csv`), 'utf8'));
      expect(b).toBe(a);
      const others = await run('solved', program('train', parts, '--digits', '301'));
      expect(others).toEqual({
        code: 2,
        output: expect.stringMatching(
          /^train: \S+parts\.resume\.safetensors: was trained with other layers, batches or digits; --restart starts over\n$/,
        ),
      });
    },
    600_000,
  );

  test.concurrent(
    'Method 2 gives the run of Method 1, and every layer is shown',
    async () => {
      const smaller = [
        ['max_epochs: 10', 'max_epochs: 2'],
        [/num_channels: (16|32|512)/g, 'num_channels: 4'],
      ] as const;
      const runs = await Promise.all(
        [1, 2].map((method) =>
          run('solved', program('train', model(`m${method}`, `convnet1_method${method}`, smaller), ...few)),
        ),
      );
      const [one, two] = runs.map(({ output }) => output.match(epochLine));
      expect(one).toHaveLength(2);
      expect(two).toEqual(one);
      const page = readFileSync(solved('checkpoints/m2.html'), 'utf8');
      // The input, four maps of each of the four layers with maps, and the hidden units.
      expect(page.match(/<img /g)).toHaveLength(1 + 4 * 4 + 1);
    },
    600_000,
  );

  test.concurrent(
    'ends at once when it is interrupted, and leaves complete files from which to continue',
    async () => {
      const child = spawn(
        process.execPath,
        program('train', model('stopped', 'logreg', [['max_epochs: 25', 'max_epochs: 9999']]), ...few),
        {
          cwd: solved('.'),
        },
      );
      const ended = new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
      await new Promise<void>((resolve) =>
        child.stdout.on('data', (piece: Buffer) => piece.includes('epoch  2') && resolve()),
      );
      child.kill('SIGINT');
      expect(await ended).toBe('SIGINT');
      const { code, output } = await run(
        'solved',
        program('train', model('stopped', 'logreg', [['max_epochs: 25', 'max_epochs: 1']]), ...few),
      );
      expect(output).toMatch(/resuming after epoch \d+\nbest on the validation set: [^\n]+\n$/);
      expect(code).toBe(0);
    },
    600_000,
  );

  test.concurrent('says which function is missing', async () => {
    const { code, output } = await run('stubs', program('train', 'models/logreg.yaml'));
    expect(output).toMatch(/\ntrain: FullyConnected\.ComputeUp is not written yet \(part 1\.1[^\n]*\n$/);
    expect(code).toBe(1);
    expect(existsSync(join(folder, 'stubs/checkpoints/logreg.safetensors'))).toBe(false);
  });
});

test.concurrent('play-with-convolutions writes the picture and three filtered ones', async () => {
  const { code, output } = await run('solved', program('play-with-convolutions', '--out', 'pictures'));
  expect(output).toMatch(/^digits: MNIST resampled to 16×16\n(pictures\/\w+\.png: 128×128\n){4}$/);
  expect(code).toBe(0);
  for (const name of ['image', 'blurred', 'sharpened', 'edges'])
    expect(
      readFileSync(solved(`pictures/${name}.png`))
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
});

describe('a model that cannot be used is refused with line and fix', () => {
  test.concurrent.each([
    ['batch_size: 100\n', '', '1: batch_size: missing; it must be an integer of at least 1'],
    ['batch_size: 100', 'batch_size: many', '3: batch_size: must be an integer of at least 1'],
    [
      'batch_size',
      'batchsize',
      '3: batchsize: unknown field; batch_size is missing: is that what it should be called?',
    ],
    ['    type: FC', '    type: FC\n    stride: 2', '48: network[4].stride: unknown field; remove it'],
    ['type: MAXPOOL', 'type: POOL', '26: network[1].type: must be a layer of type FC, CONVOLUTIONAL or MAXPOOL'],
    [
      'stride: 2',
      'stride: 3',
      '28: network[1].stride: stride 3 does not divide 16 + 2·0 − 2 = 14; change stride, padding or kernel_size',
    ],
    [
      'stride: 1',
      'stride: 3',
      '18: network[0].stride: convolve_method method2 knows stride 1 only; set stride 1, or method1',
    ],
    [
      'kernel_size: 3',
      'kernel_size: 25',
      '17: network[0].kernel_size: kernel_size 25 is larger than the output of the layer before (16, with padding 18); make it smaller',
    ],
    ['name: conv_2', 'name: conv_1', '30: network[2].name: another layer is called conv_1; give each its own name'],
    [
      'num_channels: 10',
      'num_channels: 9',
      '55: network[5].num_channels: must be 10: the last layer has an output for each digit',
    ],
    [
      'max_epochs: 10',
      'max_epochs: [10',
      '3: Flow sequence in block collection must be sufficiently indented and end with a ]; fix the YAML there',
    ],
    [/[^]*/, '', '1: the whole file: must hold the fields of a model; begin with one of models/'],
  ])('%p for %p', async (find, replace, message) => {
    const file = model(`bad${message.replace(/\W/g, '').slice(0, 40)}`, 'convnet1_method2', [[find, replace]]);
    expect(await run('solved', program('evaluate', file))).toEqual({
      code: 2,
      output: `evaluate: ${file}:${message}\n`,
    });
  });
});

test.concurrent.each([
  ['train', [], /^train: say which model, for example models\/logreg\.yaml; see --help\n$/],
  ['train', ['models/none.yaml'], /^train: models\/none\.yaml: not found; the models are in models\/\n$/],
  ['train', ['models/logreg.yaml', '--fast'], /^train: Unknown option '--fast'[^\n]*\n$/],
  ['train', ['models/logreg.yaml', '--digits', '6000'], /^train: --digits 6000: there are 5999\n$/],
  [
    'evaluate',
    ['models/convnet3.yaml'],
    /^evaluate: checkpoints\/convnet3\.safetensors: not there; npm run train[^\n]*\n$/,
  ],
  [
    'grad-check',
    ['models/logreg.yaml', '--samples', '0'],
    /^grad-check: --samples 0: must be an integer of at least 1\n$/,
  ],
  ['play-with-convolutions', ['a', 'b'], /^play-with-convolutions: one model at most; see --help\n$/],
] as const)('%s %j is refused in one line', async (name, args, message) => {
  expect(await run('solved', program(name, ...args))).toEqual({ code: 2, output: expect.stringMatching(message) });
});

test.concurrent.each(['train', 'evaluate', 'grad-check', 'play-with-convolutions'])(
  '%s --help shows examples',
  async (name) => {
    const { code, output } = await run('stubs', program(name, '--help'));
    expect(output).toMatch(/^Usage: npm run [^]*Examples:\n[^]*Exit codes: /);
    expect(code).toBe(0);
  },
);
