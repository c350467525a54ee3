import { expect, test } from '@jest/globals';
import { AddressQueues } from './AddressQueues.ts';

/** Work that ends on demand. */
function work() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { end: () => end(), run: () => ended };
}

test('an address waits for its own work, and not for that of others', async () => {
  const queues = new AddressQueues();
  const [first, order] = [work(), [] as string[]];
  const slow = queues.run('a', first.run)!.then(() => order.push('a1'));
  const behind = queues.run('a', async () => order.push('a2'));
  await queues.run('b', async () => order.push('b'));
  first.end();
  await Promise.all([slow, behind]);
  expect(order).toEqual(['b', 'a1', 'a2']);
});

test('an address that has too much waiting is refused until that is done', async () => {
  const queues = new AddressQueues();
  const held = work();
  const waiting = Array.from({ length: 5 }, () => queues.run('a', held.run));
  expect(queues.run('a', held.run)).toBeUndefined();
  expect(queues.run('b', async () => 1)).toBeDefined();
  held.end();
  await Promise.all(waiting);
  await expect(queues.run('a', async () => 2)).resolves.toBe(2);
});

test('work that fails stops nothing that comes after it', async () => {
  const queues = new AddressQueues();
  const failing = queues.run('a', () => Promise.reject(new Error('the database is gone')));
  const next = queues.run('a', async () => 3);
  await expect(failing).rejects.toThrow('the database is gone');
  await expect(next).resolves.toBe(3);
});
