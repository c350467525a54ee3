import { expect, test } from '@jest/globals';
import { assignmentOf, ROOT } from '../../tests/e2e/support/gradeFiles.ts';
import { findToolchain } from '../compile/findToolchain.ts';
import { findSandbox } from '../isolation/findSandbox.ts';
import { readTokens } from './readTokens.ts';

/** Short, and any parser that looks ahead reads the innermost part 2⁶⁰ times. */
const ENDLESS = `export const x = () => ${'async<T>(a='.repeat(60)}1${')'.repeat(60)}`;

test('a text that keeps the parser busy costs its own time, not that of the others, and these are read', async () => {
  const sources = Array.from({ length: 100 }, (_, at) => ({
    path: 'src/x.ts',
    text: at === 40 || at === 99 ? ENDLESS : `export const x = (a: number) => a * ${at} + 1;`,
  }));
  const toolchain = findToolchain(ROOT, await findSandbox(ROOT));
  const read = await readTokens(toolchain, assignmentOf('conv2d-gemm'), sources, new AbortController().signal);
  expect(read).toHaveLength(sources.length);
  const refused = read.flatMap((each, at) => ('refused' in each ? [{ at, why: each.refused }] : []));
  expect(refused).toEqual([40, 99].map((at) => ({ at, why: 'keeps the parser busy for too long' })));
});
