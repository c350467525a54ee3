import { existsSync, readFileSync } from 'node:fs';
import { foreignReferences } from '@im2grade/handout/imports';
import type { ForeignImport } from './readForeignImports.ts';

/**
 * Prints, as JSON, references to modules that some sources may not import: all imports that nothing uses, and of the
 * others the first in each source.
 *
 *     node importReader.cjs <packages, a JSON array> <files of the workspace, a JSON array> <sources, a JSON array>
 */
const [packages, files, sources] = process.argv.slice(2).map((argument) => JSON.parse(argument) as string[]);
const workspace = new Set(files);
const allowed = { packages, hasFile: (path: string) => workspace.has(path) };
/** Long enough to recognise a name. */
const MAX_SHOWN = 200;
/** In one source. */
const MAX_UNUSED = 20;

function findForeignImports(): ForeignImport[] {
  return sources
    .filter((source) => existsSync(source))
    .flatMap((path) => {
      const foreign = foreignReferences(path, readFileSync(path, 'utf8'), allowed);
      const unused = foreign.filter((each) => each.unused).slice(0, MAX_UNUSED);
      const used = foreign.filter((each) => !each.unused).slice(0, 1);
      return [...unused, ...used].map((each) => ({ ...each, path, name: each.name.slice(0, MAX_SHOWN) }));
    });
}

process.stdout.write(JSON.stringify(findForeignImports()));
