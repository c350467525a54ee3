import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { firstEsbuildError } from './esbuildErrors.ts';
import { runCompiler } from './runCompiler.ts';
import { OUTPUT } from './staging.ts';
import type { Toolchain } from './toolchain.ts';

const Metafile = z.object({
  outputs: z.record(z.string(), z.object({ entryPoint: z.string(), exports: z.array(z.string()) })),
});

/**
 * Refuses a deliverable that does not export what the assignment says. The bundler would let it pass: in TypeScript an
 * imported name that is not there could be a type.
 *
 * @param folder - holds the workspace's files
 * @throws UngradableError naming file and export, or with the compiler's words
 */
export async function checkExports(folder: string, toolchain: Toolchain, assignment: Assignment): Promise<void> {
  const modules = assignment.deliverables.filter(({ exports }) => exports.length > 0);
  const { code, stderr } = await runCompiler(
    toolchain,
    toolchain.esbuild,
    [
      ...modules.map(({ path }) => path),
      '--format=esm',
      `--outdir=${OUTPUT}/exports`,
      `--metafile=${OUTPUT}/exports.json`,
      '--log-level=error',
      '--color=false',
    ],
    folder,
    assignment,
  );
  if (code !== 0) throw new UngradableError(firstEsbuildError(stderr, assignment));
  const { outputs } = Metafile.parse(JSON.parse(readFileSync(join(folder, OUTPUT, 'exports.json'), 'utf8')));
  for (const { path, exports } of modules) {
    const exported = Object.values(outputs).find(({ entryPoint }) => entryPoint === path)?.exports ?? [];
    const missing = exports.find((name) => !exported.includes(name));
    if (missing)
      throw new UngradableError(`${path}: does not export ${missing}; keep the name and the "export" of the skeleton`);
  }
}
