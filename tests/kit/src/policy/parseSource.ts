import { createContext, Script } from 'node:vm';
import { parse } from '@babel/parser';
import type { File } from '@babel/types';
import { CriterionFailure } from '../verdicts.ts';

/** Sources exist that keep any parser busy for ever; these are at most so long. */
const MILLISECONDS = 5000;

/**
 * The syntax tree of a TypeScript source. Nothing of it is run.
 *
 * @throws CriterionFailure when it cannot be read, or not within a few seconds
 */
export function parseSource(path: string, text: string): File {
  const work = () => parse(text, { sourceType: 'module', plugins: ['typescript'] });
  try {
    return new Script('work()').runInContext(createContext({ work }), { timeout: MILLISECONDS }) as File;
  } catch (error) {
    throw new CriterionFailure(`${path}: its form cannot be read: ${(error as Error).message}`);
  }
}
