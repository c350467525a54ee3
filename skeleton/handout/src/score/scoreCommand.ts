import { readAssignment } from '../assignment.ts';
import { EXIT, UsageError } from '../errors.ts';
import type { TestResult } from '../jest/readResults.ts';
import { refusals } from '../jest/refusals.ts';
import { startJest } from '../jest/startJest.ts';
import { renderScore } from './renderScore.ts';

/** `grade` without arguments: the public tests, counted by question. */
export async function scoreCommand(): Promise<number> {
  const assignment = readAssignment('.');
  console.log(renderScore(assignment, await runTests()));
  return EXIT.fine;
}

/** @throws UsageError if not all tests can be counted */
async function runTests(): Promise<readonly TestResult[]> {
  const [refused] = await refusals();
  if (refused !== undefined) throw new UsageError(refused);
  const { results } = await startJest([], 'ignore').ended;
  if (!results) throw new UsageError('the public tests cannot be run; npm test shows why');
  const [unloaded] = results.unloaded;
  if (unloaded) throw new UsageError(`${unloaded.path} cannot be run, npm test shows why: ${unloaded.reason}`);
  return results.tests;
}
