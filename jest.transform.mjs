import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transform, version } from 'esbuild';

const OWN_SOURCE = readFileSync(new URL(import.meta.url));

/** Compiles a TypeScript file for Jest; messages name the lines and columns of the source. */
async function processAsync(source, file) {
  const { code } = await transform(source, {
    loader: 'ts',
    format: 'esm',
    target: 'es2023',
    sourcefile: file,
    sourcemap: 'inline',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  return { code };
}

/** What a compiled file is kept under, on disk: it depends on the file, on the compiler and on how this file uses it. */
function getCacheKey(source, file) {
  const hash = createHash('sha256');
  for (const part of [OWN_SOURCE, version, file, source]) hash.update(part).update('\0');
  return hash.digest('hex');
}

export default { processAsync, getCacheKey };
