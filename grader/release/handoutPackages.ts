import { ownPackages, withDependencies } from '../assignments/ownPackages.ts';
import type { Assignment } from '../model/assignment.ts';
import { UsageError } from '../model/errors.ts';
import { readManifest } from './manifests.ts';

/** What programs and tests of a handout may import in addition to `packages`; deliverables may not. */
const TOOLS = ['@im2grade/data', '@im2grade/engine', '@im2grade/handout', '@im2grade/programs'];

/**
 * The folders of the repository's own packages that go into an assignment's handout: `packages`, the tools that its package.json
 * names, and what these need.
 *
 * @throws UsageError if its package.json names any other package of the repository
 */
export function handoutPackages(root: string, { id, packages, folders }: Assignment): string[] {
  const names = ownPackages(root).map(({ name }) => name);
  const named = Object.keys(readManifest(folders.skeleton).dependencies ?? {}).filter((name) => names.includes(name));
  const stray = named.find((name) => !packages.includes(name) && !TOOLS.includes(name));
  if (stray !== undefined)
    throw new UsageError(
      `skeleton/${id}/package.json needs ${stray}; name it in packages: of assignment.yaml, or leave it out`,
    );
  return withDependencies(root, [...packages, ...named]).map((one) => one.folder);
}
