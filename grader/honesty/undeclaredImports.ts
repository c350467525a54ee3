import { isBuiltin } from 'node:module';
import { foreignReferences } from '@im2grade/handout/imports';
import { isSource } from '@im2grade/handout/rules';
import type { Files } from '../release/packFolder.ts';
import { Manifest } from '../release/manifests.ts';

/**
 * The packages that a handout's own files import and its package.json does not need: students do not have them.
 *
 * @param files - of the handout
 * @returns file, line and package of each
 */
export function undeclaredImports(files: Files): string[] {
  const { dependencies, devDependencies } = Manifest.parse(JSON.parse(textOf(files.get('package.json')!)));
  const declared = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const isThere = (name: string) =>
    isBuiltin(name) || [packageOf(name), `@types/${name}`].some((one) => declared.has(one));
  return [...files]
    .filter(([path]) => isSource(path) && !path.startsWith('vendor/'))
    .flatMap(([path, content]) =>
      foreignReferences(path, textOf(content), ONLY_FILES)
        .filter(({ name, isComputed }) => !isComputed && !isRelative(name) && !isThere(name))
        .map(({ name, line }) => `${path}:${line} imports ${name}, and package.json does not need ${packageOf(name)}`),
    );
}

const ONLY_FILES = { packages: [], hasFile: () => true };

const textOf = (content: string | Uint8Array): string => Buffer.from(content).toString('utf8');
const isRelative = (name: string): boolean => /^[./]/u.test(name);

/** `@im2grade/engine/run` → `@im2grade/engine` */
const packageOf = (name: string): string => /^(?:@[^/]+\/)?[^/]+/u.exec(name)?.[0] ?? name;
