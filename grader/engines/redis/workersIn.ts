import type { Redis } from 'ioredis';
import { parsedJson } from '../../common/parsedJson.ts';
import { WorkerRecord } from './WorkerRecord.ts';

const PREFIX = 'im2grade:worker:';
/** A worker that has been silent for this long has gone. */
const SILENT_SECONDS = 15;
/** Between two signs of life. */
export const ALIVE_MS = 2000;

/** Says that a worker lives. */
export async function recordWorker(redis: Redis, record: WorkerRecord): Promise<void> {
  await redis.set(PREFIX + record.id, JSON.stringify(record), 'EX', SILENT_SECONDS);
}

export async function forgetWorker(redis: Redis, id: string): Promise<void> {
  await redis.del(PREFIX + id);
}

/** The workers that live, by host and process. */
export async function workersIn(redis: Redis): Promise<WorkerRecord[]> {
  const keys: string[] = [];
  for await (const found of redis.scanStream({ match: `${PREFIX}*`, count: 1000 })) keys.push(...(found as string[]));
  const texts = keys.length === 0 ? [] : await redis.mget(keys);
  return texts
    .flatMap((text) => WorkerRecord.safeParse(parsedJson(text ?? '')).data ?? [])
    .sort((a, b) => a.host.localeCompare(b.host) || a.pid - b.pid);
}
