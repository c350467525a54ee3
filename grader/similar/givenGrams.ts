import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownPackages } from '../assignments/ownPackages.ts';
import { isSource } from '@im2grade/handout/rules';
import { gramsOf } from './fingerprints.ts';
import type { Reading } from './readWorks.ts';
import { comparable } from './readWorks.ts';
import { readTokens, type Source } from './readTokens.ts';

/** Grams of what all students got: the skeleton and the packages that they may import. Nobody has copied it. */
export async function givenGrams({ toolchain, assignment, signal }: Reading): Promise<Set<number>> {
  const { root } = toolchain;
  const { skeleton } = assignment.folders;
  const packages = ownPackages(root).filter(({ name }) => assignment.packages.includes(name));
  const prose = comparable(assignment).filter((path) => !isSource(path) && existsSync(join(skeleton, path)));
  const sources = [
    ...sourcesIn(skeleton),
    ...packages.flatMap(({ folder }) => sourcesIn(join(root, folder, 'src'))),
    ...prose.map((path): Source => ({ path, text: readFileSync(join(skeleton, path), 'utf8') })),
  ];
  const read = await readTokens(toolchain, assignment, sources, signal);
  return new Set(read.flatMap((each) => ('tokens' in each ? [...gramsOf(each.tokens)] : [])));
}

const sourcesIn = (folder: string): Source[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map(({ parentPath, name }) => ({ path: name, text: readFileSync(join(parentPath, name), 'utf8') }));
