import { programDigests } from '../../engine/gradingKey.ts';
import { noteWorkers } from '../../engine/redis/noteWorkers.ts';
import { openRedis } from '../../engine/redis/openRedis.ts';
import { RedisEngine } from '../../engine/redis/RedisEngine.ts';
import { serveSubmissions } from '../../engine/serveSubmissions.ts';
import { tierElsewhere } from '../../isolation/sandboxFor.ts';
import type { ClassArguments } from '../ClassArguments.ts';
import type { EngineFor } from '../EngineFor.ts';
import { addressOf, type EngineArguments } from '../engineOptions.ts';
import { gradeWholeClass } from '../gradeWholeClass.ts';

/** Has a class graded by the workers behind a Redis server, and collects the results. */
export const redisEngine =
  (root: string, given: ClassArguments & EngineArguments): EngineFor =>
  async ({ assignment, signal, note }) => {
    const isolation = tierElsewhere(given.isolation, assignment);
    const address = given.serve === undefined ? undefined : addressOf('serve', given.serve);
    const redis = await openRedis({ url: given.engine, note });
    return {
      isolation,
      async run(options, shown) {
        const { gemm, book } = options;
        const ability = { assignment, program: programDigests(root, assignment), gemm, isolation };
        const server = address && (await serveSubmissions(book.submissions, address.port, address.host));
        const stopNotes = noteWorkers(redis, ability, note);
        const engine = await RedisEngine.open({ ...ability, redis, signal });
        try {
          await gradeWholeClass({ ...options, engine }, shown);
        } finally {
          stopNotes();
          server?.close();
          await engine.close();
        }
      },
    };
  };
