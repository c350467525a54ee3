import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { jest, program, studentFolder } from '../support/studentFolder.ts';

const { folder, run } = studentFolder('simple-conv-net');

test.concurrent(
  'the public tests pass with the reference',
  async () => {
    const { code, output } = await run('solved', jest);
    expect(output).toMatch(/Tests: +19 passed, 19 total/);
    expect(code).toBe(0);
  },
  600_000,
);

test.concurrent(
  'with the stubs every public test names the task',
  async () => {
    const { code, output } = await run('stubs', jest);
    expect(output).toMatch(/Tests: +19 failed, 19 total/);
    expect(output).toContain('conv2dScalar is not written yet (task 1');
    expect(output).toContain('im2col is not written yet (task 2a');
    expect(code).toBe(1);
  },
  600_000,
);

test.concurrent(
  'compare shows that the two forms agree, stage by stage',
  async () => {
    const { code, output } = await run('solved', program('compare', '--batch', '2'));
    expect(output).toMatch(/^stage +diffMse +scalar +vector\nconv +\d\.\de-\d+ +\d+\.\d ms +\d+\.\d ms\n/);
    expect(output).toMatch(/\nThe two forms agree\.\n$/);
    expect(code).toBe(0);
  },
  600_000,
);

test.concurrent.each(['scalar', 'vector'])(
  'train %s prints the time of a batch and of an epoch, and saves what it has learned',
  async (form) => {
    const few = ['--epochs', '1', '--digits', '96', '--batch', '32', '--log-interval', '2'];
    const saved = join(folder, `${form}.safetensors`);
    const { code, output } = await run('solved', program('train', form, ...few, '--save', saved));
    expect(output).toMatch(/epoch 1 \[ +64\/96\] loss \d\.\d{4}, \d+\.\d ms a batch\n/);
    expect(output).toMatch(
      /epoch 1: \d+\.\d s, training loss \d\.\d{4} accuracy 0\.\d{4}, test loss \d\.\d{4} accuracy/,
    );
    expect(code).toBe(0);
    expect(readFileSync(saved).length).toBeGreaterThan(4 * 1_446_030);
    const again = await run('solved', program('train', form, ...few, '--load', saved));
    expect(lossOf(again.output)).toBeLessThan(lossOf(output));
  },
  600_000,
);

const lossOf = (output: string): number => Number(/training loss (\d\.\d{4})/.exec(output)![1]);

test.concurrent('programs say which function is missing', async () => {
  for (const args of [program('compare'), program('train', 'scalar')]) {
    const { code, output } = await run('stubs', args);
    expect(output).toMatch(/^(scalar form[^\n]*\n)?(compare|train): conv2dScalar is not written yet \(task 1[^\n]*\n$/);
    expect(code).toBe(1);
  }
});

test.concurrent.each([
  [['sideways'], /^train: say which form: scalar or vector; see --help\n$/],
  [['vector', '--epochs', 'many'], /^train: --epochs many: must be an integer of at least 1\n$/],
  [['vector', '--momentum', '1'], /^train: --momentum 1: must be a number of at least 0 and less than 1\n$/],
  [['vector', '--digits', '7000'], /^train: --digits 7000: there are 6999\n$/],
  [['vector', '--data', 'nowhere'], /^train: nowhere\/train-images-idx3-ubyte: not there[^\n]*\n$/],
  [['vector', '--fast'], /^train: Unknown option '--fast'[^\n]*\n$/],
] as const)('train %j is refused in one line', async (args, message) => {
  expect(await run('solved', program('train', ...args))).toEqual({ code: 2, output: expect.stringMatching(message) });
});

test.concurrent('a file that is not a checkpoint is refused', async () => {
  const path = join(folder, 'none.safetensors');
  writeFileSync(path, 'hello');
  const { code, output } = await run('solved', program('train', 'vector', '--load', path));
  expect(output).toMatch(/train: \S+: not a checkpoint of SimpleConvNet: [^\n]*\n$/);
  expect(code).toBe(2);
});
