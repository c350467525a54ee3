import { existsSync, readFileSync } from 'node:fs';
import { isAllowedImport } from '@im2grade/handout/rules';
import type { ForeignImport } from './refuseImports.ts';
import { type ModuleReference, moduleReferences } from './moduleReferences.ts';

/**
 * Prints, as JSON, the first reference to a module that some sources may not import, or `null`. A source that cannot be
 * parsed is skipped: the compiler reports its errors better, and what it imports is checked in the bundle.
 *
 *     node findForeignImport.cjs <packages, a JSON array> <files of the workspace, a JSON array> <sources, a JSON array>
 */
const [packages, files, sources] = process.argv.slice(2).map((argument) => JSON.parse(argument) as string[]);
const workspace = new Set(files);
const allowed = { packages, hasFile: (path: string) => workspace.has(path) };
/** Long enough to recognise a name. */
const MAX_SHOWN = 200;

function referencesIn(path: string): ModuleReference[] {
  try {
    return moduleReferences(path, readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return [];
    throw error;
  }
}

function findForeignImport(): ForeignImport | null {
  for (const path of sources.filter((source) => existsSync(source))) {
    const foreign = referencesIn(path).find(
      ({ name, isComputed }) => isComputed || !isAllowedImport(allowed, path, name),
    );
    if (foreign) return { ...foreign, path, name: foreign.name.slice(0, MAX_SHOWN) };
  }
  return null;
}

process.stdout.write(JSON.stringify(findForeignImport()));
