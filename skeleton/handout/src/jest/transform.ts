import { relative, sep } from 'node:path';
import { transform } from 'esbuild';
import { COMPILER } from '../handIn/compiler.ts';
import { REPLACED, withTypeof } from '../realm/notAvailable.ts';

/** What Jest passes to a transformer, as far as this one needs it. */
interface Options {
  readonly config: { readonly rootDir: string };
  /** From `config.mjs`; paths in the folder of the assignment. */
  readonly transformerConfig: { readonly deliverables: readonly string[] };
}

/** Compiles a file for Jest. A deliverable cannot use what is missing when it is graded. */
export async function processAsync(
  source: string,
  file: string,
  { config: { rootDir }, transformerConfig: { deliverables } }: Options,
): Promise<{ readonly code: string }> {
  const isDeliverable = deliverables.includes(relative(rootDir, file).split(sep).join('/'));
  const { code } = await transform(source, {
    loader: 'ts',
    sourcefile: file,
    sourcemap: 'inline',
    logLevel: 'silent',
    ...COMPILER,
    ...(isDeliverable && { define: { ...REPLACED } }),
  });
  return { code: isDeliverable ? withTypeof(code) : code };
}
