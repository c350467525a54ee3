import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/gradeFiles.ts';
import { studentFolder } from '../support/studentFolder.ts';

const { folder, run } = studentFolder('conv2d-gemm');
const HANDOUT = join(ROOT, 'skeleton/handout/bin/handout.cjs');
const testCommand = [HANDOUT, 'test'];

function edit(path: string, find: RegExp, replacement: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  expect(text).toMatch(find);
  writeFileSync(join(folder, path), text.replace(find, replacement));
}

test('a function that is wrong is shown in full, next to one that is not written yet', async () => {
  edit('solved/src/Im2MatLayer.ts', /(Mat2Im\(dError_dOutput[^{]*\{)/, "$1\n    console.log('still here');\n");
  edit('solved/src/Im2MatLayer.ts', /(Im2Mat\(INP[^{]*\{)/, '$1\n    OUT.fill(7); if (INP) return;\n');
  edit('solved/src/Conv2DLayer.ts', /( forward\([^{]*\{)/, "$1\n    throw new NotImplementedError('forward', 'q1');\n");
  edit('solved/src/Conv2DLayer.ts', /import \{/, 'import { NotImplementedError,');
  const { code, output } = await run('solved', testCommand);
  expect(code).toBe(1);
  expect(output).toContain('● Question 1: Im2Mat › a 2×2 kernel on a 3×3 image');
  expect(output).toContain('first wrong element OUT[b=0, oy=0, ox=0, fy=0, fx=0, ic=0]: expected 1, got 7');
  expect(output).toMatch(/at .*test\/examples\.test\.ts:\d+:\d+/);
  expect(output).toContain('still here');
  expect(output).toMatch(/\n {2}forward {2}src\/Conv2DLayer\.ts:\d+ {2}\d+ tests? {2}q1\n/);
  expect(output).not.toContain('NotImplementedError:');
  expect(output).toMatch(/\nTests: \d+ failed, \d+ passed, 12 total\n/);
});

test('a file of tests can be named', async () => {
  const { output } = await run('stubs', [...testCommand, 'test/laws.test.ts']);
  expect(output).toMatch(/\nTests: (\d+) failed, \1 total\n/);
  expect(output).not.toContain('12 total');
});

test('if no test has the name that is asked for, that is a failure', async () => {
  const { code, output } = await run('stubs', [...testCommand, '-t', 'zzz']);
  expect(code).toBe(1);
  expect(output).toContain('\nNo test was run: none has a name that matches.\n');
});

test('commands work in the folder of the handout from a folder inside it, and nowhere else', async () => {
  const { code, output } = await run('stubs/src', [HANDOUT]);
  expect(output).toMatch(/^grade: working in \/.*\/stubs\n[^]*\n *0\/5 {2}Question 1: Im2Mat\n/);
  expect(code).toBe(0);
  expect(await run('..', [HANDOUT])).toEqual({
    code: 2,
    output: expect.stringMatching(
      /^grade: \/.* is not in a handout; run it in the folder that contains assignment\.yaml\n$/,
    ),
  });
});

test('Jest that was started without our command says in one line what to run', async () => {
  expect(await run('stubs', [join(ROOT, 'node_modules/jest/bin/jest.js')])).toEqual({
    code: 2,
    output: 'jest: run npm test instead, which starts Jest with the options that it needs here\n',
  });
});

test('if a deliverable cannot be parsed, that line is all that is printed', async () => {
  edit('stubs/src/Im2MatLayer.ts', /export class/, 'export clas');
  const { code, output } = await run('stubs', testCommand);
  expect(code).toBe(1);
  expect(output).toMatch(
    /^error: src\/Im2MatLayer\.ts:\d+:\d+: Unexpected "clas"\n\nNo test is run, because this could not be graded\.\n$/,
  );
  expect((await run('stubs', [HANDOUT])).output).toMatch(/^grade: src\/Im2MatLayer\.ts:\d+:\d+: Unexpected "clas"\n$/);
});
