import { withEsbuild } from '../host/withEsbuild.ts';
import type { Assignment } from '../model/assignment.ts';
import { BUNDLE_ENTRY, bundleEntry, bundleOptions } from './bundleOptions.ts';
import { inTemporaryFolder } from './inTemporaryFolder.ts';
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
  const staged = new Map([...mergeFiles(assignment, deliverables), [BUNDLE_ENTRY, bundleEntry(assignment)]]);
  await inTemporaryFolder(undefined, staged, (absWorkingDir) =>
    withEsbuild(({ build }) =>
      build({
        ...bundleOptions(root, assignment, false),
        sourcemap: false,
        logLevel: 'silent',
        absWorkingDir,
        entryPoints: [BUNDLE_ENTRY],
        outfile,
      }),
    ),
  );
}
