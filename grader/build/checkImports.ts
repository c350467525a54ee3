import * as z from 'zod';
import type { Workspace } from '../merge/mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { UngradableError } from '../model/errors.ts';
import { importRefused } from './esbuildErrors.ts';

const Metafile = z.object({
  inputs: z.record(
    z.string(),
    z.object({ imports: z.array(z.object({ path: z.string(), original: z.string().optional() })) }),
  ),
});

/**
 * Refuses a bundle into which a workspace file brought anything but the allowed packages and other workspace files.
 * The bundler itself would follow `/etc/passwd` or a path into the reference, where such a file exists.
 */
export function checkImports(metafile: string, assignment: Assignment, workspace: Workspace): void {
  const { inputs } = Metafile.parse(JSON.parse(metafile));
  for (const [path, { imports }] of Object.entries(inputs)) {
    if (!workspace.has(path)) continue;
    for (const { path: target, original = target } of imports) {
      if (assignment.packages.includes(original) || workspace.has(target)) continue;
      throw new UngradableError(`${path}: ${importRefused(original, assignment)}`);
    }
  }
}
