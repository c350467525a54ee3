import type { TestResults } from './readResults.ts';
import { renderResults } from './renderResults.ts';

/** Prints where Jest prints, in colour on a terminal only. */
export function printResults(results: TestResults): void {
  const { stderr } = process;
  stderr.write(renderResults(results, stderr.isTTY && stderr.hasColors()));
}

/** Prints why no test is run. */
export const printRefusals = (refusals: readonly string[]): void =>
  void process.stderr.write(
    `${refusals.map((message) => `error: ${message}`).join('\n')}\n\nNo test is run, because this could not be graded.\n`,
  );
