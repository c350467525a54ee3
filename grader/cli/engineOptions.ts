import { UsageError } from '../model/errors.ts';
import { BATCH_SYSTEMS, type BatchSystem } from '../engine/batch/arrayScript.ts';

/** What makes the gradings of a class. */
export const ENGINE_OPTIONS = {
  engine: {
    type: 'string',
    default: 'local',
    describe: 'What grades: local, or slurm or lsf, which write jobs for a cluster into --out',
  },
  pack: {
    type: 'string',
    defaultDescription: '20',
    describe: 'Submissions in each task of a batch system',
  },
} as const;

export interface EngineArguments {
  readonly engine: string;
  readonly pack: string | undefined;
}

/** @throws UsageError if there is no such engine */
export function batchSystemOf({ engine }: EngineArguments): BatchSystem | undefined {
  if (engine === 'local') return undefined;
  const system = BATCH_SYSTEMS.find((each) => each === engine);
  if (system) return system;
  throw new UsageError(`--engine ${engine}: must be local, ${BATCH_SYSTEMS.join(' or ')}`);
}
