import { withLocalEngine } from '../engines/withLocalEngine.ts';
import { sandboxFor } from '../isolation/sandboxFor.ts';
import { submitBatch } from './batch/submitBatch.ts';
import type { ClassArguments } from './ClassArguments.ts';
import type { EngineFor } from './EngineFor.ts';
import { type EngineArguments, engineChoice } from './engineOptions.ts';
import { gradeWholeClass } from './gradeWholeClass.ts';
import { lanesFor } from './lanesFor.ts';
import { redisEngine } from './queue/redisEngine.ts';

/**
 * The engine that a class was given.
 *
 * @throws UsageError if there is no such engine
 */
export function chooseEngine(root: string, given: ClassArguments & EngineArguments): EngineFor {
  const choice = engineChoice(given);
  if (choice.kind === 'batch') return submitBatch(root, given, choice.system);
  return choice.kind === 'redis' ? redisEngine(root, given) : localEngine(root, given);
}

const localEngine =
  (root: string, given: ClassArguments): EngineFor =>
  async ({ assignment, jobs, signal, note }) => {
    const sandbox = await sandboxFor(root, given.isolation, assignment);
    return {
      isolation: sandbox.tier,
      async run(options, shown) {
        const lanes = lanesFor(jobs, note);
        await withLocalEngine({ root, assignment, sandbox, lanes, jobs, signal }, (engine) =>
          gradeWholeClass({ ...options, engine }, shown),
        );
      },
    };
  };
