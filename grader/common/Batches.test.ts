import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Batches } from './Batches.ts';

test('whatever is added is done once, in order, in batches of a limited size', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 50 }), fc.integer({ min: 1, max: 8 }), async (pauses, most) => {
      const batches: number[][] = [];
      let isWorking = false;
      const all = new Batches<number>(async (items) => {
        expect(isWorking).toBe(false);
        isWorking = true;
        batches.push([...items]);
        await Promise.resolve();
        isWorking = false;
      }, most);
      const added: Promise<void>[] = [];
      for (const [item, pause] of pauses.entries()) {
        if (pause === 0) await Promise.resolve();
        added.push(all.add(item));
      }
      await Promise.all(added);
      expect(batches.flat()).toEqual([...pauses.keys()]);
      expect(Math.max(0, ...batches.map(({ length }) => length))).toBeLessThanOrEqual(most);
    }),
  ));

test('what is added in one turn is one batch, and what is added meanwhile the next', async () => {
  const batches: number[][] = [];
  const all = new Batches<number>(async (items) => void batches.push([...items]), 10);
  const added = [1, 2].map((item) => all.add(item));
  await added[0];
  await Promise.all([...added, all.add(3), all.add(4)]);
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a batch that fails rejects its own items only', async () => {
  const all = new Batches<number>(async (items) => {
    if (items.includes(2)) throw new Error('no');
  }, 2);
  const ended = await Promise.allSettled([1, 2, 3].map((item) => all.add(item)));
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});
