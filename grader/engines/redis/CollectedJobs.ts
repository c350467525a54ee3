import type { Redis } from 'ioredis';
import { parsedJson } from '../../common/parsedJson.ts';

interface Options {
  readonly redis: Redis;
  /** Of the collector; see `RedisEngine`. */
  readonly name: string;
  /** What the server calls a part of the queue. */
  readonly toKey: (part: string) => string;
}

/** What a job came to, as the server has it: anyone who can write there may have written it. */
export interface CollectedJob {
  readonly key: string;
  /** What the worker returned; undefined if the job failed. */
  readonly value: unknown;
  readonly failure: string | undefined;
}

/** Results that are not collected are removed after this time. */
export const KEEP_SECONDS = 14 * 24 * 3600;
/** No result is larger, and of more than this together the rest is fetched the next time. */
const MOST_BYTES = 32 * 1024 * 1024;

const WANT = `
for i = 3, #ARGV do
  redis.call('SADD', KEYS[1] .. ARGV[i], ARGV[1])
  redis.call('EXPIRE', KEYS[1] .. ARGV[i], ARGV[2])
end`;

const FETCH = `
local found, size, most = {}, 0, tonumber(ARGV[1])
for i = 2, #ARGV do
  local job = KEYS[1] .. ARGV[i]
  local length = redis.call('HSTRLEN', job, 'returnvalue') + redis.call('HSTRLEN', job, 'failedReason')
  if length > most then
    table.insert(found, {ARGV[i], false, 'the result is too large'})
  else
    size = size + length
    if size > most then break end
    table.insert(found, {ARGV[i], unpack(redis.call('HMGET', job, 'returnvalue', 'failedReason'))})
  end
end
return found`;

const FORGET = `
for i = 1, #ARGV do
  if redis.call('ZREM', KEYS[2], ARGV[i]) > 0 then redis.call('DEL', KEYS[1] .. ARGV[i]) end
end`;

const DROP = `
for i = 2, #ARGV do
  local key = ARGV[i]
  redis.call('SREM', KEYS[1] .. key, ARGV[1])
  local isEnded = redis.call('EXISTS', KEYS[1] .. key) == 0
    and redis.call('ZREM', KEYS[3], key) + redis.call('ZREM', KEYS[4], key) > 0
  if isEnded then redis.call('DEL', KEYS[2] .. key) end
end`;

/**
 * What the collectors of a queue keep beside it: who waits for which job. Each method runs one script on the server, for
 * any number of jobs: to ask for each of them alone was most of a collector's work.
 */
export class CollectedJobs {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Says that this collector waits for jobs: until then their results are removed once others have them. */
  async want(keys: readonly string[]): Promise<void> {
    const { redis, name } = this.#options;
    await redis.eval(WANT, 1, WAITING, name, String(KEEP_SECONDS), ...keys);
  }

  /** Removes jobs that have failed. */
  async forgetFailures(keys: readonly string[]): Promise<void> {
    const { redis, toKey } = this.#options;
    if (keys.length > 0) await redis.eval(FORGET, 2, toKey(''), toKey('failed'), ...keys);
  }

  /** The jobs of the queue that have ended, by their keys. */
  async ended(): Promise<string[]> {
    const { redis, toKey } = this.#options;
    const ends = await Promise.all(['completed', 'failed'].map((state) => redis.zrange(toKey(state), '0', '-1')));
    return ends.flat();
  }

  /** What jobs that have ended came to, or of the first of them, if it is much. */
  async fetch(keys: readonly string[]): Promise<CollectedJob[]> {
    const { redis, toKey } = this.#options;
    const rows = (await redis.eval(FETCH, 1, toKey(''), String(MOST_BYTES), ...keys)) as (string | null)[][];
    return rows
      .filter(([, value, failure]) => value !== null || failure !== null)
      .map(([key, value, failure]) => ({
        ...{ key: String(key), value: value === null ? undefined : parsedJson(value) },
        failure: failure ?? undefined,
      }));
  }

  /** Removes the results that no other collector waits for. */
  async drop(keys: readonly string[]): Promise<void> {
    const { redis, name, toKey } = this.#options;
    const ends = [toKey('completed'), toKey('failed')];
    await redis.eval(DROP, 4, WAITING, toKey(''), ...ends, name, ...keys);
  }
}

/** Followed by a job's key: the collectors that wait for it. */
const WAITING = 'im2grade:waiting:';
