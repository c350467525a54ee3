import { withLocalEngine } from '../engine/withLocalEngine.ts';
import { sandboxFor } from '../isolation/sandboxFor.ts';
import { submitBatch } from './batch/submitBatch.ts';
import type { ClassArguments } from './ClassArguments.ts';
import type { EngineFor } from './EngineFor.ts';
import { batchSystemOf, type EngineArguments } from './engineOptions.ts';
import { gradeWholeClass } from './gradeWholeClass.ts';
import { lanesFor } from './lanesFor.ts';

/**
 * The engine that a class was given.
 *
 * @throws UsageError if there is no such engine
 */
export function chooseEngine(root: string, given: ClassArguments & EngineArguments): EngineFor {
  const system = batchSystemOf(given);
  return system ? submitBatch(root, given, system) : localEngine(root, given);
}

const localEngine =
  (root: string, given: ClassArguments): EngineFor =>
  async ({ assignment, only, jobs, signal, note }) => {
    const sandbox = await sandboxFor(root, given.isolation, assignment);
    return {
      isolation: sandbox.tier,
      async run(options, shown) {
        const lanes = await lanesFor(assignment, only, jobs, note);
        await withLocalEngine({ root, assignment, sandbox, lanes, jobs, signal }, (engine) =>
          gradeWholeClass({ ...options, engine }, shown),
        );
      },
    };
  };
