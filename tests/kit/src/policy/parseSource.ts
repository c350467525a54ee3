import { parse } from '@babel/parser';
import type { File } from '@babel/types';
import { CriterionFailure } from '../verdicts.ts';
import { isTooDeep } from './isTooDeep.ts';

/**
 * The syntax tree of a TypeScript source. No code is run.
 *
 * @throws CriterionFailure if it is not TypeScript
 * @throws RangeError if it is nested too deeply
 */
export function parseSource(path: string, text: string): File {
  try {
    return parse(text, { sourceType: 'module', plugins: ['typescript', 'decorators'] });
  } catch (error) {
    if (isTooDeep(error)) throw error;
    throw new CriterionFailure(`${path}: its form cannot be read: ${(error as Error).message}`);
  }
}
