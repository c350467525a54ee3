import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Assignment } from '../model/assignment.ts';
import { BUNDLE_ENTRY, bundleEntry, bundleOptions } from './bundleOptions.ts';
import { mergeFiles } from './mergeFiles.ts';

/**
 * Bundles deliverables of our own as a submission's are bundled. They need neither a sandbox nor an import check.
 *
 * @param deliverables - texts by path
 */
export async function bundleOwn(
  root: string,
  assignment: Assignment,
  deliverables: ReadonlyMap<string, string>,
  outfile: string,
): Promise<void> {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-own-'));
  try {
    for (const [path, text] of [...mergeFiles(assignment, deliverables), [BUNDLE_ENTRY, bundleEntry(assignment)]]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await build({
      ...bundleOptions(root, assignment, false),
      logLevel: 'silent',
      absWorkingDir: folder,
      entryPoints: [BUNDLE_ENTRY],
      outfile,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
