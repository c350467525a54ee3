import { resolve } from 'node:path';
import { readAssignment } from '../assignment.ts';
import { checkHandIn } from '../handIn/checkHandIn.ts';

/**
 * Why the deliverables in this folder could not be graded, one line each: then their tests are not run either. Jest would
 * not name the line of a syntax error, and would follow an import that is not allowed.
 */
export async function refusals(): Promise<string[]> {
  const { problems } = await checkHandIn(readAssignment('.'), resolve('.'));
  return problems.filter(({ isFatal }) => isFatal).map(({ message }) => message);
}
