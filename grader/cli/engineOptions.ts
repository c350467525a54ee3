import { BATCH_SYSTEMS, type BatchSystem } from '../engines/batch/arrayScript.ts';
import { isRedisUrl, shownRedis } from '../engines/redis/openRedis.ts';
import { UsageError } from '../model/errors.ts';

/** Where Prometheus finds what a command counts. */
export const METRICS_OPTION = {
  type: 'string',
  describe: '[HOST:]PORT of metrics for Prometheus, at /metrics',
} as const;

/** What makes the gradings of a class. */
export const ENGINE_OPTIONS = {
  engine: {
    type: 'string',
    default: 'local',
    describe: 'What grades: local, workers behind redis://host:6379, or slurm or lsf, which get jobs in --out',
  },
  pack: { type: 'string', defaultDescription: '20', describe: 'Submissions in each task of a batch system' },
  serve: {
    type: 'string',
    describe:
      'With Redis, if workers share no folder: [HOST:]PORT at which they get the submissions, or s3://BUCKET/FOLDER to put them into',
  },
  'metrics-port': METRICS_OPTION,
} as const;

export interface EngineArguments {
  readonly engine: string;
  readonly pack: string | undefined;
  readonly serve: string | undefined;
  readonly metricsPort: string | undefined;
}

/** What `--engine` names. */
type EngineChoice = { readonly kind: 'local' | 'redis' } | { readonly kind: 'batch'; readonly system: BatchSystem };

/** @throws UsageError if there is no such engine */
export function engineChoice({ engine, pack, serve, metricsPort }: EngineArguments): EngineChoice {
  const system = BATCH_SYSTEMS.find((each) => each === engine);
  if (pack !== undefined && !system) throw new UsageError(`--pack is for --engine ${BATCH_SYSTEMS.join(' or ')}`);
  if (isRedisUrl(engine)) return { kind: 'redis' };
  const misplaced = serve !== undefined ? '--serve' : metricsPort !== undefined ? '--metrics-port' : undefined;
  if (misplaced !== undefined) throw new UsageError(`${misplaced} is for --engine redis://…`);
  if (engine === 'local') return { kind: 'local' };
  if (system) return { kind: 'batch', system };
  throw new UsageError(
    `--engine ${shownRedis(engine)}: must be local, redis://host:6379, ${BATCH_SYSTEMS.join(' or ')}`,
  );
}

/** The option of commands that are only about a queue. */
export const REDIS_OPTION = {
  type: 'string',
  demandOption: true,
  describe: 'The Redis server: redis://host:6379, or rediss:// with TLS; IM2GRADE_REDIS_PASSWORD has the password',
} as const;

/** @throws UsageError if it is not the address of a Redis server */
export function requireRedis(engine: string): string {
  if (isRedisUrl(engine)) return engine;
  throw new UsageError(`--engine ${shownRedis(engine)}: must be like redis://host:6379`);
}

/** @throws UsageError if it is not [HOST:]PORT */
export function addressOf(option: string, text: string): { readonly host: string | undefined; readonly port: number } {
  const [, host, port] = /^(?:(.+):)?(\d{1,5})$/u.exec(text) ?? [];
  // An address of IPv6 is in brackets if a port follows.
  if (port !== undefined && Number(port) <= 65_535)
    return { host: host?.replace(/^\[(.+)\]$/u, '$1'), port: Number(port) };
  throw new UsageError(`--${option} ${text}: must be a port, like 8080, or an address and a port`);
}
