import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const NN = dirname(dirname(fileURLToPath(import.meta.url)));
const TARGET = join(NN, 'src/gemm/wasm/binaries.ts');

/** The memory is the owner's: shared, and as large as it needs; these are only the limits that the module accepts. */
const OPTIONS =
  '--optimizeLevel 3 --shrinkLevel 0 --noAssert --runtime stub --use abort= --importMemory --sharedMemory ' +
  '--initialMemory 1 --maximumMemory 32768 --enable simd --enable threads --enable bulk-memory';

/** Compiles the kernels; the same source and compiler give the same bytes. */
async function compile(extra: readonly string[]): Promise<string> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '-o', 'kernels.wasm', ...OPTIONS.split(' '), ...extra],
    {
      readFile: (name, base) => (existsSync(join(NN, base, name)) ? readFileSync(join(NN, base, name), 'utf8') : null),
      writeFile: (_, contents) => void (binary = contents as Uint8Array),
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary!).toString('base64');
}

/** The source of `binaries.ts`: text, so that it can be bundled into a process that reads no file. */
export async function kernelsSource(): Promise<string> {
  return `// Made by \`npm run build-kernels -w skeleton/nn\` from assembly/.

/** WebAssembly SIMD: a product and a sum for each step. */
export const PLAIN = '${await compile([])}';

/** The same with the fused multiply-add of relaxed SIMD. */
export const FUSED = '${await compile(['--enable', 'relaxed-simd'])}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, await kernelsSource());
