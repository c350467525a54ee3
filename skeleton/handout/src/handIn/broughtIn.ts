import { type AllowedImports, shown } from './allowedImports.ts';

/** The imports of each module of a bundle, as esbuild records them. */
export type BundledImports = Readonly<
  Record<string, { readonly imports: readonly { readonly path: string; readonly original?: string | undefined }[] }>
>;

/**
 * What a given file brings into a bundle and a deliverable may not import: whoever imports the file could use it.
 *
 * @param file - its path in the workspace
 * @param isDeliverable - deliverables are checked themselves
 * @returns the module's name
 */
export function broughtIn(
  file: string,
  modules: BundledImports,
  { packages, hasFile }: AllowedImports,
  isDeliverable: (path: string) => boolean,
): string | undefined {
  const files = new Set([file]);
  for (const each of files)
    for (const { path, original = path } of modules[each]?.imports ?? []) {
      if (packages.includes(original) || isDeliverable(path)) continue;
      if (!hasFile(path)) return original;
      files.add(path);
    }
  return undefined;
}

/** The message for an import of a given file that brings in more than a deliverable may import. */
export const givenFileRefused = (name: string, brought: string): string =>
  `import of "${shown(name)}" is not allowed, because that file imports "${shown(brought)}", which a deliverable may not use`;
