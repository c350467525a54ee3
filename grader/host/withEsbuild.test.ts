import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { commandOf } from '../../tests/e2e/support/processes.ts';
import { descendantsOf } from '../isolation/processTree.ts';
import { withEsbuild, withEsbuildSync } from './withEsbuild.ts';

const SOURCE = 'export const one: number = 1;';

const built = () =>
  withEsbuild(async ({ build }) => {
    const stdin = { contents: SOURCE, loader: 'ts' } as const;
    const { outputFiles } = await build({ stdin, write: false, logLevel: 'silent' });
    return outputFiles[0].text;
  });

const transformed = () =>
  withEsbuildSync(({ transformSync }) => transformSync(SOURCE, { loader: 'ts', logLevel: 'silent' }).code);

const servicesNow = () => descendantsOf(process.pid).filter((pid) => commandOf(pid).includes('--service='));

/** Those that compile the tests themselves are not this test's. */
const others = new Set(process.platform === 'linux' ? servicesNow() : []);

/** Ends the processes of esbuild, as Ctrl-C on a terminal and a system without memory do. */
function endEsbuild(): number {
  const services = servicesNow().filter((pid) => !others.has(pid));
  for (const pid of services) process.kill(pid, 'SIGKILL');
  return services.length;
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('what is built while esbuild ends, and after that, is built all the same', async () => {
  const text = await built();
  expect(transformed()).toBe(text);
  const during = [built(), built(), built()];
  expect(endEsbuild()).toBeGreaterThan(0);
  expect(await Promise.all(during)).toEqual([text, text, text]);
  expect(endEsbuild()).toBeGreaterThan(0);
  expect([await built(), transformed(), await built()]).toEqual([text, text, text]);
});

test('a mistake in a source is no reason to start it again, and an end that repeats is reported in one line', async () => {
  let starts = 0;
  const failing = (message: string) =>
    withEsbuild(async () => {
      starts++;
      throw new Error(message);
    });
  await expect(failing('Expected ";"')).rejects.toThrow('Expected ";"');
  expect(starts).toBe(1);
  await expect(failing('The service was stopped: write EPIPE')).rejects.toThrow(/^the compiler esbuild .* try again$/u);
  expect(starts).toBe(3);
});

const PROGRAM = `
  import { withEsbuild } from './withEsbuild.ts';
  withEsbuild(({ transform }) => transform('')).catch(({ message }) => console.log(message));`;

test('a command whose esbuild ends does not exit before it has heard of that', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-esbuild-'));
  try {
    // The news, the end of its output, comes after its exit.
    const esbuild = join(folder, 'esbuild');
    writeFileSync(esbuild, '#!/bin/sh\nsleep 0.2 &\n', { mode: 0o700 });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const program = join(folder, 'program.mjs');
    await withEsbuild(({ build }) =>
      build({
        stdin: { contents: PROGRAM, resolveDir: import.meta.dirname, loader: 'ts' },
        outfile: program,
        bundle: true,
        platform: 'node',
        format: 'esm',
        packages: 'external',
      }),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [program], {
      env: { PATH: process.env['PATH'], ESBUILD_BINARY_PATH: esbuild },
    });
    expect(stdout).toBe('the compiler esbuild has been ended twice; free memory, and try again\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
