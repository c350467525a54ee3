import { type AllowedImports, isAllowedImport } from './allowedImports.ts';
import { type ModuleReference, moduleReferences } from './moduleReferences.ts';

/**
 * The modules that a source names and may not import. A source that cannot be parsed has none: the compiler reports its
 * errors better, and what it imports is checked in the bundle.
 *
 * @param path - in the folder of the assignment
 */
export const foreignReferences = (path: string, text: string, allowed: AllowedImports): ModuleReference[] =>
  referencesIn(path, text).filter(({ name, isComputed }) => isComputed || !isAllowedImport(allowed, path, name));

function referencesIn(path: string, text: string): ModuleReference[] {
  try {
    return moduleReferences(path, text);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return [];
    throw error;
  }
}
