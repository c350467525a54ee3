import { realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as z from 'zod';
import { givenFileRefused, importRefused, isOfBundler } from '@im2grade/handout/rules';
import type { Workspace } from './mergeFiles.ts';
import type { Assignment } from '../model/assignment.ts';
import { DeliverableError, UngradableError } from '../model/errors.ts';
import { foreignFileRefused } from './esbuildErrors.ts';

/** What esbuild records about a bundle. */
export const Metafile = z.object({
  inputs: z.record(
    z.string(),
    z.object({ imports: z.array(z.object({ path: z.string(), original: z.string().optional() })) }),
  ),
  outputs: z.record(z.string(), z.object({ bytes: z.number() })),
});
export type Metafile = z.infer<typeof Metafile>;

/** The parts that a bundle may be made of. */
export interface BundleParts {
  /** The folder in which the bundler ran; its paths are relative to it. */
  readonly folder: string;
  /** What was put there: the workspace and our own entry module. */
  readonly staged: Workspace;
  /** The library's files and folders. */
  readonly library: readonly string[];
}

/**
 * Refuses a bundle if a deliverable brought in anything but the allowed packages and other workspace files, by itself or
 * through a given file, or if anything else has come in by any other way. The bundler itself would follow any path to a
 * file that exists.
 */
export function checkImports(
  { inputs }: Metafile,
  assignment: Assignment,
  workspace: Workspace,
  parts: BundleParts,
): void {
  const { packages, entry } = assignment;
  const isDeliverable = (path: string) => assignment.deliverables.some((deliverable) => deliverable.path === path);
  const rules = { packages, entry, isDeliverable, hasFile: (path: string) => workspace.has(path) };
  for (const [path, { imports }] of Object.entries(inputs)) {
    if (!isDeliverable(path)) continue;
    for (const { path: target, original = target } of imports) {
      if (packages.includes(original) || isDeliverable(target) || isOfBundler(target)) continue;
      const refused = workspace.has(target)
        ? givenFileRefused(original, target, inputs, rules)
        : importRefused(original, packages);
      if (refused !== undefined) throw new DeliverableError(path, `${path}: ${refused}`);
    }
  }
  const isOurs = partOf(parts);
  if (!Object.keys(inputs).every(isOurs)) throw new UngradableError(foreignFileRefused(assignment));
}

/**
 * Whether a path of the bundler is one of the parts. The bundler reports real paths. In a strict sandbox there are no links:
 * what one leads to is in its place.
 */
function partOf({ folder, staged, library }: BundleParts): (path: string) => boolean {
  const [homes, ours] = [[folder], library].map((paths) => paths.flatMap((path) => [path, realpathSync(path)]));
  const isIn = (file: string): boolean => ours.some((each) => file === each || file.startsWith(each + sep));
  return (path) => staged.has(path) || homes.some((home) => isIn(join(home, path)));
}
