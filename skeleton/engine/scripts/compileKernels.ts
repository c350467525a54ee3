import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const SKELETON = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The memory is the owner's: shared, and as large as it needs; these are only the limits that the module accepts. */
const OPTIONS =
  '--optimizeLevel 3 --shrinkLevel 0 --noAssert --runtime stub --use abort= --importMemory --sharedMemory ' +
  '--initialMemory 1 --maximumMemory 32768 --enable simd --enable threads --enable bulk-memory';

/** Compiles the kernels of a package; the same source and compiler give the same bytes. */
async function compile(name: string, extra: readonly string[]): Promise<string> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [`${name}/assembly/index.ts`, '-o', 'kernels.wasm', ...OPTIONS.split(' '), ...extra],
    {
      readFile: (path, base) => {
        const file = join(SKELETON, base, path);
        return existsSync(file) ? readFileSync(file, 'utf8') : null;
      },
      writeFile: (_, contents) => void (binary = contents as Uint8Array),
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary!).toString('base64');
}

/**
 * The source of a package's `binaries.ts`: text, so that it can be bundled into a process that reads no file.
 *
 * @param name - the package's folder in `skeleton/`
 */
export async function kernelsSource(name: string): Promise<string> {
  return `// Made by \`npm run build-kernels -w skeleton/${name}\` from assembly/.

/** WebAssembly SIMD: a product and a sum for each step. */
export const PLAIN = '${await compile(name, [])}';

/** The same with the fused multiply-add of relaxed SIMD. */
export const FUSED = '${await compile(name, ['--enable', 'relaxed-simd'])}';
`;
}
