import { type AllowedImports, shown } from './allowedImports.ts';

/** The imports of each module of a bundle, as esbuild records them. */
export type BundledImports = Readonly<
  Record<string, { readonly imports: readonly { readonly path: string; readonly original?: string | undefined }[] }>
>;

/** Whether a module of a bundle is esbuild's own. */
export const isOfBundler = (path: string): boolean => /^<(?:runtime|define:.*)>$/u.test(path);

/** What may be imported, and by whom. */
export interface ImportRules extends AllowedImports {
  /** The module with the functions that the grader calls. */
  readonly entry: string;
  /** Deliverables are checked themselves. */
  readonly isDeliverable: (path: string) => boolean;
}

/**
 * Why a deliverable may not import a given file: it is the entry, or it imports something that a deliverable may not, and
 * a deliverable could use that through it.
 *
 * @param name - of the import
 * @param file - its path in the workspace
 * @returns undefined if it may
 */
export function givenFileRefused(
  name: string,
  file: string,
  modules: BundledImports,
  rules: ImportRules,
): string | undefined {
  const refused = `import of "${shown(name)}" is not allowed`;
  if (file === rules.entry) return `${refused}; the grader calls its functions, and these call yours`;
  const brought = broughtIn(file, modules, rules);
  if (brought === undefined) return undefined;
  return `${refused}, because that file imports "${shown(brought)}", which a deliverable may not use`;
}

/** The name of a module that a file imports, itself or through others, and a deliverable may not. */
function broughtIn(
  file: string,
  modules: BundledImports,
  { packages, hasFile, entry, isDeliverable }: ImportRules,
): string | undefined {
  const files = new Set([file]);
  for (const each of files)
    for (const { path, original = path } of modules[each]?.imports ?? []) {
      if (packages.includes(original) || isDeliverable(path) || isOfBundler(path)) continue;
      if (path === entry || !hasFile(path)) return original;
      files.add(path);
    }
  return undefined;
}
