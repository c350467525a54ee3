import type { TestResults } from './readResults.ts';
import { renderResults } from './renderResults.ts';

/** Prints where Jest prints, in colour on a terminal only. */
export function printResults(results: TestResults): void {
  const { stderr } = process;
  stderr.write(renderResults(results, stderr.isTTY && stderr.hasColors()));
}
