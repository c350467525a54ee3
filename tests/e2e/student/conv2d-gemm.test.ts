import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { jest, program, studentFolder } from '../support/studentFolder.ts';

const { folder, run } = studentFolder('conv2d-gemm');

test.concurrent(
  'with the stubs every public test names the question',
  async () => {
    const { code, output } = await run('stubs', jest);
    expect(output).toMatch(/Tests: +12 failed, 12 total/);
    expect(output).toContain('Im2Mat is not written yet (question 1');
    expect(code).toBe(1);
  },
  600_000,
);

test.concurrent.each(['lrelu', 'linear', 'softmax'])('test-grad %s passes with the reference', async (name) => {
  const { code, output } = await run('solved', program('test-grad', name));
  expect(output).toMatch(/Test PASSED!\n$/);
  expect(code).toBe(0);
});

test.concurrent('test-grad says which function is missing, or which networks are available', async () => {
  expect(await run('stubs', program('test-grad', 'conv'))).toEqual({
    code: 1,
    output: expect.stringContaining('Im2Mat is not written yet (question 1'),
  });
  expect(await run('stubs', program('test-grad', 'pool'))).toEqual({
    code: 2,
    output: expect.stringMatching(/^test-grad: say which: lrelu, linear, softmax, conv/),
  });
});

test.concurrent.each(['1', '2', '3'])(
  'on a team of %s the public tests pass with the reference, test-grad does, and classify trains to the same losses and accuracies',
  async (size) => {
    const env = { OMP_NUM_THREADS: size };
    const tests = await run('solved', jest, env);
    expect(tests.output).toMatch(/Tests: +12 passed, 12 total/);
    const gradients = await run('solved', program('test-grad', 'conv'), env);
    expect(gradients.output).toMatch(/Test PASSED!\n$/);
    const classified = await run('solved', program('classify', '--epochs', '1', '--seed', '7'), env);
    expect(classified.output).toMatch(
      /epoch 1: training set cross-entropy 1\.4967 accuracy 0\.5307, test set cross-entropy \d\.\d{4} accuracy 0\.[78]\d{3}/,
    );
    expect([tests.code, gradients.code, classified.code]).toEqual([0, 0, 0]);
  },
  600_000,
);

/** The solved folder with changed deliverables. */
function edited(name: string, edits: readonly (readonly [file: string, find: string, replace: string])[]): string {
  cpSync(join(folder, 'solved'), join(folder, name), { recursive: true });
  for (const [file, find, replace] of edits) {
    const path = join(folder, name, 'src', file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(find);
    writeFileSync(path, text.replaceAll(find, replace));
  }
  return name;
}

test.concurrent(
  'on a team of two the public tests fail, every time, with functions that ignore the team',
  async () => {
    // Every member has the whole of everything.
    const [share, all] = ['team.share(', '((n: number): [number, number] => [0, n])('];
    const name = edited('alone', [
      ['Im2MatLayer.ts', share, all],
      ['Conv2DLayer.ts', share, all],
    ]);
    expect((await run(name, jest)).output).toMatch(/Tests: +12 passed, 12 total/);
    const { output } = await run(name, jest, { OMP_NUM_THREADS: '2' });
    for (const one of ['Im2Mat', 'Mat2Im', 'forward', 'backward'])
      expect(output).toContain(
        `${one} uses neither team.share nor team.rank: each of the 2 threads does the whole work`,
      );
    expect(output).toMatch(/Tests: +11 failed, 1 passed, 12 total/);
  },
  600_000,
);

test.concurrent(
  'and with one that reads what another thread has not written yet',
  async () => {
    const name = edited('hasty', [
      ['Im2MatLayer.ts', 'let to = begin * OpX', 'if (team.rank === 0) OUT.fill(0);\n    let to = begin * OpX'],
    ]);
    const { output } = await run(name, jest, { OMP_NUM_THREADS: '2' });
    expect(output).toMatch(/element \d+ of OUT is 0 if thread 0 of 2 is late/);
  },
  600_000,
);

test.concurrent('an invalid team size is refused in one line', async () => {
  expect(await run('solved', program('test-grad', 'conv'), { OMP_NUM_THREADS: 'many' })).toEqual({
    code: 2,
    output: 'test-grad: OMP_NUM_THREADS=many: must be an integer from 1 to 64\n',
  });
});

test.concurrent('classify refuses bad options and missing data in one line', async () => {
  expect(await run('solved', program('classify', '--epochs', 'many'))).toEqual({
    code: 2,
    output: 'classify: --epochs many: must be an integer of at least 1\n',
  });
  expect(await run('solved', program('classify', '--data', 'nowhere'))).toEqual({
    code: 2,
    output: expect.stringMatching(/^classify: nowhere\/train-images-idx3-ubyte: not there[^\n]*\n$/),
  });
});
