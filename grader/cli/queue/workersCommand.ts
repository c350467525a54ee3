import type { CommandModule } from 'yargs';
import { openRedis, shownRedis } from '../../engines/redis/openRedis.ts';
import type { WorkerRecord } from '../../engines/redis/WorkerRecord.ts';
import { workersIn } from '../../engines/redis/workersIn.ts';
import { controlsEscaped } from '../../report/json/controlsEscaped.ts';
import { printableLine } from '../../report/text/printable.ts';
import { REDIS_OPTION, requireRedis } from '../engineOptions.ts';
import { workerParts } from './workerParts.ts';

interface WorkersArguments {
  readonly engine: string;
  readonly json: boolean;
}

/** `grade workers`: who grades for a queue. */
export const workersCommand: CommandModule<object, WorkersArguments> = {
  command: 'workers',
  describe: 'List the workers of a queue: what they grade, with which version, and how much they have done',
  builder: (cli) =>
    cli
      .option('engine', REDIS_OPTION)
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
      .example('$0 workers --engine redis://queue:6379', ''),
  handler: list,
};

async function list({ engine, json }: WorkersArguments): Promise<void> {
  const redis = await openRedis({ url: requireRedis(engine), note: () => undefined });
  try {
    const workers = await workersIn(redis);
    process.stdout.write(json ? jsonOf(workers) : `${textOf(workers, shownRedis(engine))}\n`);
  } finally {
    redis.disconnect();
  }
}

const jsonOf = (workers: readonly WorkerRecord[]): string =>
  `${controlsEscaped(JSON.stringify({ schema: 'im2grade/workers', version: 1, workers }, undefined, 2))}\n`;

function textOf(workers: readonly WorkerRecord[], shown: string): string {
  if (workers.length === 0) return `No worker is connected to ${shown}; start one: grade worker --help`;
  return workers.map((worker) => printableLine(lineOf(worker))).join('\n');
}

function lineOf(worker: WorkerRecord): string {
  const { place, assignment, counts, versions, machine } = workerParts(worker);
  return `${place}  ${assignment}: ${counts}  ${versions}, ${machine}`;
}
