import { once } from 'node:events';
import { startJest } from './startJest.ts';
import { watchTests } from './watchTests.ts';

/** `grade test`: the public tests, once or after every change; other arguments are Jest's own. */
export async function testCommand(args: readonly string[]): Promise<number> {
  const jestArguments = args.filter((argument) => argument !== '--watch');
  if (jestArguments.length < args.length) return watchTests(jestArguments);
  const [code] = (await once(startJest(args, 'inherit'), 'exit')) as [number | null];
  return code ?? 1;
}
