import type { Redis } from 'ioredis';
import { UsageError } from '../../model/errors.ts';

/** True for the address of a Redis server; `rediss` is with TLS. */
export const isRedisUrl = (engine: string): boolean => /^rediss?:\/\//u.test(engine);

/** An address without the password in it. */
export const shownRedis = (url: string): string => url.replace(/:[^:@/]*@/u, '@');

const MOST_DELAY_MS = 1000;

interface RedisOptions {
  readonly url: string;
  /** Says what a person should know. */
  readonly note: (line: string) => void;
}

/**
 * Connects to a Redis server that keeps what it is given. A connection that is lost later is opened again, and whatever
 * needs it waits.
 *
 * @throws UsageError if there is no such server, it refuses, or it could lose jobs
 */
export async function openRedis({ url, note }: RedisOptions): Promise<Redis> {
  const shown = shownRedis(url);
  if (!URL.canParse(url)) throw new UsageError(`--engine ${shown}: must be like redis://host:6379`);
  const { Redis } = await import('ioredis');
  const { password } = new URL(url);
  const secret = process.env['IM2GRADE_REDIS_PASSWORD'];
  const redis = new Redis(url, {
    ...(password === '' && secret !== undefined && { password: secret }),
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * 2 ** times, MOST_DELAY_MS),
  });
  let fault = '';
  redis.on('error', ({ message }: Error) => (fault = message));
  try {
    await connectOnce(redis);
    await requireKeeping(redis, shown, note);
  } catch (error) {
    redis.disconnect();
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--engine ${shown}: ${meaningOf(fault || (error as Error).message)}`);
  }
  noteLosses(redis, shown, note);
  return redis;
}

/** Unlike later, the first failure ends it. */
async function connectOnce(redis: Redis): Promise<void> {
  const refused = new Promise<never>((_, reject) => redis.once('reconnecting', () => reject(new Error(ENDED))));
  refused.catch(() => undefined);
  await Promise.race([redis.connect().then(() => redis.ping()), refused]);
}

function meaningOf(fault: string): string {
  if (/WRONGPASS|NOAUTH|invalid password/iu.test(fault))
    return 'the server refuses the password; set IM2GRADE_REDIS_PASSWORD, or name it in the address';
  if (/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EAI_AGAIN/u.test(fault)) return 'no server answers there';
  if (/certificate|SSL|TLS/iu.test(fault))
    return `no trusted connection: ${fault}; NODE_EXTRA_CA_CERTS names an authority`;
  if (fault === ENDED || /ECONNRESET|EPIPE/u.test(fault))
    return 'the server ends the connection; rediss:// is for a server with TLS';
  return fault;
}

/** There is no error if a server just ends a connection. */
const ENDED = 'ended';

/**
 * A server that evicts or forgets what it was given would lose jobs and results.
 *
 * @throws UsageError unless it keeps them
 */
async function requireKeeping(redis: Redis, shown: string, note: RedisOptions['note']): Promise<void> {
  const info = `${await redis.info('memory')}\n${await redis.info('persistence')}`;
  const valueOf = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'mu').exec(info)?.[1];
  if (valueOf('maxmemory_policy') !== 'noeviction')
    throw new UsageError(`--engine ${shown}: the server may drop jobs; set maxmemory-policy noeviction there`);
  if (valueOf('aof_enabled') !== '1')
    throw new UsageError(`--engine ${shown}: the server forgets jobs when it restarts; set appendonly yes there`);
  // Servers that are rented do not always say.
  const [, sync] = ((await redis.config('GET', 'appendfsync').catch(() => [])) as string[]) ?? [];
  if (sync !== undefined && sync !== 'always')
    note(`${shown} writes jobs to the disk once a second; with appendfsync always, a power cut loses none`);
}

function noteLosses(redis: Redis, shown: string, note: RedisOptions['note']): void {
  let isLost = false;
  redis.on('reconnecting', () => {
    if (!isLost) note(`the connection to ${shown} is lost; waiting for it`);
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) note(`the connection to ${shown} is back`);
    isLost = false;
  });
}
