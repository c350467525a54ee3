import { printResults } from './printResults.ts';
import { startJest } from './startJest.ts';
import { watchTests } from './watchTests.ts';

/** `grade test`: the public tests, once or after every change; other arguments are Jest's own. */
export async function testCommand(args: readonly string[]): Promise<number> {
  const jestArguments = args.filter((argument) => argument !== '--watch');
  if (jestArguments.length < args.length) return watchTests(jestArguments);
  const { code, results } = await startJest(args, 'inherit').ended;
  if (results) await printResults(results);
  return code ?? 1;
}
