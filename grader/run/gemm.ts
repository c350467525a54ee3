import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { GemmKind } from '@im2grade/engine/run';
import { installedPackage } from '../host/files/packagesFolder.ts';
import type { Sandbox, BindMount } from '../isolation/Sandbox.ts';
import { sharedLibraries } from '../isolation/sharedLibraries.ts';

/** The backend of products for every implementation, and the files that it needs. */
export interface Gemm {
  readonly kind: GemmKind;
  readonly files: readonly BindMount[];
}

const OPENBLAS_IN_MEMORY = /\s(?<path>\/\S*\/libopenblas\S*)$/mu;

/**
 * Finds the files that a choice of `gemm` needs in the strict tier; only OpenBLAS has any.
 *
 * @param root - the repository's folder
 * @param kind - as `chooseGemm` returned it in this process, which has OpenBLAS loaded if it was chosen
 */
export async function gemmWithFiles(root: string, sandbox: Sandbox, kind: GemmKind): Promise<Gemm> {
  if (kind !== 'openblas' || sandbox.tier === 'reduced') return { kind, files: [] };
  const library = OPENBLAS_IN_MEMORY.exec(readFileSync('/proc/self/maps', 'utf8'))?.groups?.['path'];
  if (library === undefined) throw new Error('OpenBLAS was chosen, but it is not loaded');
  const libc = sandbox.libraries.find((path) => basename(path).startsWith('libc.'));
  const known = new Set(sandbox.libraries);
  const needed = (await sharedLibraries([library])).filter((path) => !known.has(path));
  return {
    kind,
    files: [
      ...koffiFolders(root),
      // Folders in which the loader searches without its cache, which is not in the sandbox.
      { path: library, as: join(dirname(libc ?? library), 'libopenblas.so.0') },
      ...needed.map((path) => ({ path })),
    ],
  };
}

/** The binding and its compiled half, wherever Node would find them. */
function koffiFolders(root: string): BindMount[] {
  const folders = ['koffi', `@koromix/koffi-${process.platform}-${process.arch}`].map((name) =>
    installedPackage(join(root, 'skeleton/engine'), name),
  );
  return folders.filter((folder) => folder !== undefined).map((path) => ({ path }));
}
