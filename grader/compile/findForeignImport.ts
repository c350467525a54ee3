import { existsSync, readFileSync } from 'node:fs';
import { foreignReferences } from '@im2grade/handout/imports';
import type { ForeignImport } from './refuseImports.ts';

/**
 * Prints, as JSON, the first reference to a module that some sources may not import, or `null`.
 *
 *     node findForeignImport.cjs <packages, a JSON array> <files of the workspace, a JSON array> <sources, a JSON array>
 */
const [packages, files, sources] = process.argv.slice(2).map((argument) => JSON.parse(argument) as string[]);
const workspace = new Set(files);
const allowed = { packages, hasFile: (path: string) => workspace.has(path) };
/** Long enough to recognise a name. */
const MAX_SHOWN = 200;

function findForeignImport(): ForeignImport | null {
  for (const path of sources.filter((source) => existsSync(source))) {
    const [foreign] = foreignReferences(path, readFileSync(path, 'utf8'), allowed);
    if (foreign) return { ...foreign, path, name: foreign.name.slice(0, MAX_SHOWN) };
  }
  return null;
}

process.stdout.write(JSON.stringify(findForeignImport()));
