import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { readInput } from '../readInput.ts';

/** One public test; without a failure it passed. */
export interface TestResult {
  /** The question that it belongs to: a group of the rubric. */
  readonly group: string;
  readonly title: string;
  readonly failure: string | undefined;
}

/** The part of Jest's own JSON that is read. */
const Results = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});

/**
 * Reads what Jest wrote about a run.
 *
 * @throws UsageError when a file of tests could not even be loaded: its tests cannot be counted
 */
export function readResults(path: string): TestResult[] {
  const { testResults } = readInput(path, Results, 'a result of Jest; does npm test run?');
  return testResults.flatMap(({ name, message, assertionResults }) => {
    if (assertionResults.length === 0)
      throw new UsageError(`${relative('.', name)} cannot be run, npm test shows why: ${firstLine(message)}`);
    return assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
      group: ancestorTitles[0] ?? '',
      title,
      failure: status === 'passed' ? undefined : firstLine(failureMessages[0] ?? status),
    }));
  });
}

/** A failure's message, without Jest's headings, the error's class and the question that a stub names. */
function firstLine(message: string): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim());
  const first = lines.find((line) => line !== '' && !line.startsWith('●') && line !== 'Test suite failed to run');
  return (first ?? '').replace(/^\w*Error: /, '').replace(/(is not written yet) \(.*\)$/, '$1');
}
