import type { Redis } from 'ioredis';
import { UsageError } from '../../model/errors.ts';

/** The first version that BullMQ recommends. */
const OLDEST = [6, 2];

/**
 * A server that evicts or forgets what it was given would lose jobs and results; others do not run the queue's scripts.
 *
 * @param note - says what a person should know of it
 * @throws UsageError unless it is a single server that keeps what it is given
 */
export async function requireSuitable(redis: Redis, note: (line: string) => void): Promise<void> {
  const info = await redis.info();
  const valueOf = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'mu').exec(info)?.[1] ?? '';
  const refuseIf = (is: boolean, why: string) => {
    if (is) throw new UsageError(why);
  };
  const version = valueOf('redis_version');
  refuseIf(isOlder(version), `the server is Redis ${version}; ${OLDEST.join('.')} or later is needed`);
  refuseIf(valueOf('cluster_enabled') === '1', 'it is a node of a Redis cluster; a single server is needed');
  refuseIf(valueOf('role') === 'slave', 'the server only copies another one; name that one');
  const isEvicting = valueOf('maxmemory_policy') !== 'noeviction';
  refuseIf(isEvicting, 'the server may drop jobs; set maxmemory-policy noeviction there');
  refuseIf(valueOf('aof_enabled') !== '1', 'the server forgets jobs when it restarts; set appendonly yes there');
  // Servers that are rented do not always say.
  const [, sync] = ((await redis.config('GET', 'appendfsync').catch(() => [])) as string[]) ?? [];
  if (sync !== undefined && sync !== 'always')
    note('writes jobs to the disk once a second; with appendfsync always, a power cut loses none');
}

function isOlder(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
