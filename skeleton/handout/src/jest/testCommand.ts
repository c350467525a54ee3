import { EXIT } from '../errors.ts';
import { printRefusals, printResults } from './printResults.ts';
import { refusals } from './refusals.ts';
import { hasRunNone } from './renderResults.ts';
import { startJest } from './startJest.ts';
import { watchTests } from './watchTests.ts';

/** `grade test`: the public tests, once or after every change; other arguments are Jest's own. */
export async function testCommand(args: readonly string[]): Promise<number> {
  const jestArguments = args.filter((argument) => argument !== '--watch');
  if (jestArguments.length < args.length) return watchTests(jestArguments);
  const refused = await refusals();
  if (refused.length > 0) {
    printRefusals(refused);
    return EXIT.wrong;
  }
  const { code, results } = await startJest(args, 'inherit').ended;
  if (results) printResults(results);
  return results && hasRunNone(results) ? EXIT.wrong : (code ?? EXIT.wrong);
}
