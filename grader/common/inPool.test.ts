import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { inPool } from './inPool.ts';

const ITEMS = [0, 1, 2, 3, 4, 5];

/** Runs work on the items, two at a time, and notes what has begun and ended. */
async function noted(work: (item: number, stop: () => void) => Promise<void>) {
  const [begun, ended]: number[][] = [[], []];
  const controller = new AbortController();
  const failure = await inPool(ITEMS, 2, controller.signal, async (item) => {
    begun.push(item);
    await work(item, () => controller.abort());
    ended.push(item);
  }).catch((error: unknown) => (error as Error).message);
  return { begun, ended, failure };
}

test('everything is done, so many at a time', async () => {
  expect(await noted(() => sleep(1))).toMatchObject({ begun: ITEMS, failure: undefined });
});

test('after the signal nothing more is started', async () => {
  const { begun, ended } = await noted(async (_, stop) => stop());
  expect([begun, ended]).toEqual([[0], [0]]);
});

test('after a failure nothing more is started, and it is reported when what was running has ended', async () => {
  const { begun, ended, failure } = await noted(async (item) => {
    if (item === 0) throw new Error('the first');
    await sleep(20);
    throw new Error('the second');
  });
  expect({ begun, ended, failure }).toEqual({ begun: [0, 1], ended: [], failure: 'the first' });
});
