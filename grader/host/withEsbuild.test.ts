import { expect, test } from '@jest/globals';
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
