import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { TriedAttack } from './Diagnosis.ts';

/** The part of Jest's JSON that is read. */
const JestResults = z.object({
  numRuntimeErrorTestSuites: z.literal(0),
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })) })),
});

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Whether the corpus of attacks is here: an installed package does not have it.
 *
 * @param root - the repository's folder
 */
export const hasAttacks = (root: string): boolean => existsSync(join(root, 'tests/e2e/attacks'));

/**
 * Tries the corpus of attacks on this machine.
 *
 * @param root - the repository's folder
 * @returns undefined if it could not be run
 */
export async function tryAttacks(root: string): Promise<TriedAttack[] | undefined> {
  const jest = join(
    dirname(createRequire(join(root, 'grader/package.json')).resolve('jest/package.json')),
    'bin/jest.js',
  );
  const output = await new Promise<string>((resolve) =>
    execFile(
      process.execPath,
      ['--experimental-vm-modules', '--no-warnings', jest, '--json', '--silent', 'tests/e2e/attacks'],
      { cwd: root, maxBuffer: MAX_OUTPUT_BYTES },
      (_, stdout) => resolve(stdout),
    ),
  );
  const results = JestResults.safeParse(jsonOrUndefined(output));
  if (!results.success) return undefined;
  return results.data.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed')
    .map(({ fullName, status }) => ({ name: fullName, held: status === 'passed' }));
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
