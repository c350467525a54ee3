import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { programDigests } from '../../engines/gradingKey.ts';
import { collectorMetrics } from '../../engines/redis/collectorMetrics.ts';
import { openRedis } from '../../engines/redis/openRedis.ts';
import { RedisEngine } from '../../engines/redis/RedisEngine.ts';
import { serveMetrics } from '../../engines/redis/serveMetrics.ts';
import { loadText, watchWorkers } from '../../engines/redis/watchWorkers.ts';
import { isS3Url, S3Submissions } from '../../engines/S3Submissions.ts';
import { serveSubmissions } from '../../engines/serveSubmissions.ts';
import { storedFirst } from '../../engines/storedFirst.ts';
import { tierElsewhere } from '../../isolation/sandboxFor.ts';
import type { ClassArguments } from '../ClassArguments.ts';
import type { EngineFor } from '../EngineFor.ts';
import { addressOf, type EngineArguments } from '../engineOptions.ts';
import { gradeWholeClass } from '../gradeWholeClass.ts';

/** Has a class graded by the workers behind a Redis server, and collects the results. */
export const redisEngine =
  (root: string, given: ClassArguments & EngineArguments): EngineFor =>
  async ({ assignment, signal, out, note }) => {
    const isolation = tierElsewhere(given.isolation, assignment);
    const store = given.serve !== undefined && isS3Url(given.serve) ? await S3Submissions.at(given.serve) : undefined;
    const address = given.serve === undefined || store ? undefined : addressOf('serve', given.serve);
    const metrics = given.metricsPort === undefined ? undefined : addressOf('metrics-port', given.metricsPort);
    const redis = await openRedis({ url: given.engine, note });
    return {
      isolation,
      async run(options, shown) {
        const { gemm, book } = options;
        const ability = { assignment, program: programDigests(root, assignment), gemm, isolation };
        const ends: (() => void | Promise<void>)[] = [];
        try {
          if (address) {
            const server = await serveSubmissions(book.submissions, address.port, address.host);
            ends.push(() => server.close());
          }
          const watch = watchWorkers(redis, ability, note);
          ends.push(() => watch.stop());
          if (metrics)
            ends.push(
              await serveMetrics(await collectorMetrics(assignment.id, watch.load), metrics.port, metrics.host),
            );
          const name = `${hostname()}:${resolve(out)}`;
          const engine = await RedisEngine.open({ ...ability, redis, name, signal });
          ends.push(() => engine.close());
          const fed = store ? storedFirst(engine, store) : engine;
          await gradeWholeClass({ ...options, engine: fed }, { ...shown, load: () => loadText(watch.load()) });
        } finally {
          for (const end of ends.reverse()) await end();
        }
      },
      close: () => redis.disconnect(),
    };
  };
