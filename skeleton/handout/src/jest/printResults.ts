import { resolve } from 'node:path';
import { readAssignment } from '../assignment.ts';
import { checkHandIn } from '../handIn/checkHandIn.ts';
import type { TestResults } from './readResults.ts';
import { renderResults } from './renderResults.ts';

/** Prints where Jest prints, in colour on a terminal only. */
export async function printResults(results: TestResults): Promise<void> {
  const { stderr } = process;
  if (results.unloaded.length > 0) stderr.write((await refusals()).map((message) => `${message}\n`).join(''));
  stderr.write(renderResults(results, stderr.isTTY && stderr.hasColors()));
}

/** What keeps the deliverables from being loaded: Jest does not name the line of a syntax error. */
async function refusals(): Promise<string[]> {
  const { problems } = await checkHandIn(readAssignment('.'), resolve('.'));
  return problems.filter(({ isFatal }) => isFatal).map(({ message }) => message);
}
