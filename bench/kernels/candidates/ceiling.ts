import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import asc from 'assemblyscript/asc';
import type { WebAssemblyApi } from '../../../skeleton/engine/src/backends/wasm/WebAssemblyApi.ts';
import { serve } from '../process/serve.ts';

/** The exports of `assembly/ceiling.ts`. */
interface Ceiling {
  prepare(): void;
  flops(): number;
  run(tiles: number): void;
  result(): number;
}

const SOURCE = new URL('../assembly/ceiling.ts', import.meta.url);
const OPTIONS = '--optimizeLevel 3 --shrinkLevel 0 --noAssert --runtime stub --use abort= --enable simd';
/** About as long as a small product. */
const TILES = 1 << 13;

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/**
 * Computes the same tile again and again, whatever the case: the arithmetic that is available while the others are
 * timed; argument: `plain` or `fused`.
 */
await serve(async () => {
  const bytes = await compile(process.argv[2] === 'fused' ? ['--enable', 'relaxed-simd'] : []);
  // Node 20 needs this flag for relaxed SIMD; later versions do not know it and need none.
  if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  const ceiling = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as Ceiling;
  ceiling.prepare();
  return {
    version: `Node ${process.versions.node}`,
    prepare: () => ({
      flops: TILES * ceiling.flops(),
      repeat: (times) => ceiling.run(times * TILES),
      digest: () => ceiling.result(),
    }),
  };
});

async function compile(extra: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(['ceiling.ts', '-o', 'ceiling.wasm', ...OPTIONS.split(' '), ...extra], {
    readFile: (name) => (name === 'ceiling.ts' ? readFileSync(SOURCE, 'utf8') : null),
    writeFile: (_, contents) => void (binary = contents as Uint8Array<ArrayBuffer>),
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return binary!;
}
