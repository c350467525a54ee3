import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { UsageError } from '../../model/errors.ts';
import { requireSuitable } from './requireSuitable.ts';

/** True for the address of a Redis server; `rediss` is with TLS. */
export const isRedisUrl = (engine: string): boolean => /^rediss?:\/\//u.test(engine);

/** An address without the password in it, which may contain any character. */
export const shownRedis = (url: string): string =>
  url.replace(/^(\w+:\/\/[^:@/]*)(?::.*)?@/u, '$1@').replace(/\?.*$/u, '');

const MOST_DELAY_MS = 1000;
/** What has not answered after this time is no server. */
const PATIENCE_MS = 10_000;

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
  const { password, pathname } = new URL(url);
  if (!/^\/?\d*$/u.test(pathname))
    throw new UsageError(`--engine ${shown}: a database is a number, as in redis://host:6379/1`);
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
    // Otherwise it takes the first one in silence.
    await redis.select(redis.options.db ?? 0);
    await requireSuitable(redis, (line) => note(`${shown} ${line}`));
  } catch (error) {
    redis.disconnect();
    const { message } = error as Error;
    const why = error instanceof UsageError ? message : meaningOf(fault || message, url.startsWith('rediss'));
    throw new UsageError(`--engine ${shown}: ${why}`);
  }
  noteLosses(redis, shown, note);
  return redis;
}

/** Unlike later, the first failure ends it. */
async function connectOnce(redis: Redis): Promise<void> {
  const refused = new Promise<never>((_, reject) => redis.once('reconnecting', () => reject(new Error(ENDED))));
  refused.catch(() => undefined);
  const silent = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
    throw new Error(SILENT);
  });
  silent.catch(() => undefined);
  await Promise.race([redis.connect().then(() => redis.ping()), refused, silent]);
}

function meaningOf(fault: string, isTls: boolean): string {
  if (/WRONGPASS|NOAUTH|invalid password/iu.test(fault))
    return 'the server refuses the password; set IM2GRADE_REDIS_PASSWORD, or name it in the address';
  if (/DB index/iu.test(fault)) return 'the server has no database of this number';
  if (/RESP type|Protocol error/iu.test(fault)) return 'what answers there is no Redis server';
  if (fault === SILENT || /ETIMEDOUT/u.test(fault))
    return `no Redis server answers there${isTls ? ' with TLS; redis:// is for one without' : ''}`;
  if (/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN/u.test(fault)) return 'no server answers there';
  if (/certificate|SSL|TLS/iu.test(fault))
    return `no trusted connection: ${fault}; NODE_EXTRA_CA_CERTS names an authority`;
  if (fault === ENDED || /ECONNRESET|EPIPE/u.test(fault))
    return isTls
      ? 'the server ends the connection; redis:// is for a server without TLS'
      : 'the server ends the connection; rediss:// is for a server with TLS';
  return fault;
}

/** There is no error if a server just ends a connection, or says nothing. */
const [ENDED, SILENT] = ['ended', 'silent'];

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
