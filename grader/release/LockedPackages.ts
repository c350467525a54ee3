import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { lockFile } from '../host/files/lockFile.ts';
import { readManifest } from './manifests.ts';

const Versions = z.record(z.string(), z.string()).default({});

/** One entry of `packages` in package-lock.json; the fields that are not read are kept as they are. */
const LockedPackage = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().default(false),
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
  peerDependencies: Versions,
});
type LockedPackage = z.infer<typeof LockedPackage>;

/** An assignment's package. */
interface Workspace {
  /** As if it were in the repository: `skeleton/conv2d-gemm`. */
  readonly at: string;
  readonly folder: string;
}

const Lock = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), z.unknown()) });

/** The contents of the lock file: the version of each package and its folder. */
export class LockedPackages {
  readonly #root: string;
  readonly #own: Workspace;
  readonly #entries: Readonly<Record<string, unknown>>;

  /**
   * @param root - the folder of im2grade
   * @param own - the assignment, which may be in another folder or new
   */
  constructor(root: string, own: Workspace) {
    this.#root = root;
    this.#own = own;
    const text = readFileSync(lockFile(root), 'utf8');
    this.#entries = Lock.parse(JSON.parse(text)).packages;
  }

  /** The entry as it is in the file. */
  raw(at: string): Readonly<Record<string, unknown>> {
    return this.#entries[at] as Record<string, unknown>;
  }

  /** The entry, or the manifest of the assignment. */
  entry(at: string): LockedPackage {
    if (at === this.#own.at) return LockedPackage.parse(readManifest(this.#own.folder));
    return LockedPackage.parse(this.#entries[at] ?? readManifest(join(this.#root, at)));
  }

  /** The folder of the package that `name` refers to in the folder `from`; links are not followed. */
  find(from: string, name: string): string | undefined {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
      const at = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
      if (at in this.#entries) return at;
      if (folder === '') return undefined;
    }
  }

  /** Everything that a workspace needs installed, without itself: links, the workspaces they point to, and registry packages. */
  closure(workspace: string): string[] {
    const found = new Set<string>();
    const visit = (at: string, needs: readonly string[]): void => {
      for (const name of needs) {
        const place = this.find(at, name);
        // An optional package, or a peer dependency that is not installed.
        if (place === undefined || found.has(place)) continue;
        found.add(place);
        const { link, resolved } = this.entry(place);
        const folder = link ? resolved! : place;
        found.add(folder);
        visit(folder, this.#needs(folder));
      }
    };
    visit(workspace, [...this.#needs(workspace), ...Object.keys(this.entry(workspace).devDependencies)]);
    return [...found].sort();
  }

  #needs(at: string): string[] {
    const { dependencies, optionalDependencies, peerDependencies } = this.entry(at);
    return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  }
}
