import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as engine from '../src/backends/wasm/binaries.ts';
import * as fastconv from '../../fastconv/src/wasm/binaries.ts';
import { kernelsSource } from './compileKernels.ts';

const FILES = {
  engine: 'skeleton/engine/src/backends/wasm/binaries.ts',
  fastconv: 'skeleton/fastconv/src/wasm/binaries.ts',
};

test.each(['engine', 'fastconv'] as const)(
  'the shipped kernels of %s are what the source compiles to, byte for byte',
  async (name) => expect(await kernelsSource(name)).toBe(readFileSync(FILES[name], 'utf8')),
);

/** The numbers of the sections of a WebAssembly module. */
function sectionsOf(binary: string): number[] {
  const bytes = Buffer.from(binary, 'base64');
  const sections: number[] = [];
  for (let at = 8; at < bytes.length;) {
    sections.push(bytes[at++]);
    let length = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = bytes[at] >= 128;
      length += (bytes[at++] & 127) << shift;
    }
    at += length;
  }
  return sections;
}

const CODE = 10;
const DATA = 11;

describe.each([
  ['engine', engine],
  ['fastconv', fastconv],
])('%s', (_, { PLAIN, FUSED }) => {
  test.each([PLAIN, FUSED])('keeps nothing in the memory that it shares with the other kernels', (binary) => {
    expect(sectionsOf(binary)).toContain(CODE);
    expect(sectionsOf(binary)).not.toContain(DATA);
  });
});

test('the kernels of the engine know no convolution', () => {
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: {
      Module: { new (bytes: Uint8Array): object; exports(module: object): readonly { name: string }[] };
    };
  };
  const names = WebAssembly.Module.exports(new WebAssembly.Module(Buffer.from(engine.PLAIN, 'base64')));
  expect(names.map(({ name }) => name).sort()).toEqual(
    [
      ...['adam32', 'adam64', 'gemm32', 'gemm64', 'memory', 'momentum32', 'momentum64', 'rectify32', 'rectify64'],
      ...['tile32', 'tile64', 'workBytes'],
    ].sort(),
  );
});
