import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { whyNotRead } from '../common/whyNotRead.ts';
import { UsageError } from '../model/errors.ts';
import type { Solution, Texts } from './Draft.ts';
import { givenFunctions } from './givenFunctions.ts';
import { plainSource } from './plainSource.ts';
import { readTasks } from './readTasks.ts';
import { isReserved } from './reservedNames.ts';
import { criterionOf } from './TaskFunction.ts';

/**
 * Reads the sources that students will write, each with its solution.
 *
 * @throws UsageError if one cannot be read, or two export the same name
 */
export function readSolutions(paths: readonly string[]): Solution[] {
  const solutions = Object.entries(readSources(paths)).map(([path, text], i) => ({
    path,
    text,
    tasks: readTasks(text, path, paths[i]),
    given: givenFunctions(text, paths[i]),
  }));
  const ids = solutions.flatMap(({ tasks }) => tasks.map(criterionOf));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new UsageError(`two functions would have the criterion ${twice}; rename one`);
  return solutions;
}

/**
 * Texts by the deliverables that they become: `homework/relu.ts` becomes `src/relu.ts`.
 *
 * @throws UsageError if one cannot be read, is no TypeScript, or two have the same name
 */
export function readSources(paths: readonly string[]): Texts {
  const texts: Record<string, string> = {};
  for (const path of paths) {
    const name = basename(path);
    if (!/^[\w-]+\.ts$/u.test(name)) throw new UsageError(`${path}: a solution is a TypeScript file, like relu.ts`);
    if (isReserved(name)) throw new UsageError(`${path}: Windows has no file of this name; choose another`);
    if (name === 'entry.ts') throw new UsageError(`${path}: src/entry.ts is made; choose another name`);
    if (`src/${name}` in texts) throw new UsageError(`two solutions are called ${name}`);
    texts[`src/${name}`] = textOf(path);
  }
  return texts;
}

function textOf(path: string): string {
  try {
    return plainSource(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${whyNotRead(error)}`);
  }
}
