import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { TimingTurns } from './TimingTurns.ts';

const LONG_MS = 100;

/** Runs some measurements at a time, and returns the most that were running together with each of them. */
async function runTogether(turns: readonly TimingTurns[], cores: readonly ('one' | 'all')[]): Promise<number[]> {
  const running = new Set<number>();
  const most = turns.map(() => 0);
  await Promise.all(
    turns.map(async (turn, i) => {
      await turn.begin();
      await turn.run(cores[i], async () => {
        running.add(i);
        for (const each of running) most[each] = Math.max(most[each], running.size);
        await sleep(LONG_MS);
        running.delete(i);
      });
      turn.end();
    }),
  );
  return most;
}

const turnsOf = (count: number, isBesideOthers: boolean) =>
  Array.from({ length: count }, () => new TimingTurns(isBesideOthers));
const all = (count: number, cores: 'one' | 'all') => new Array<'one' | 'all'>(count).fill(cores);

test('measurements that have the machine to themselves run one after another', async () => {
  expect(await runTogether(turnsOf(3, false), all(3, 'one'))).toEqual([1, 1, 1]);
});

test('beside others, never more than there are cores run at a time', async () => {
  const many = 2 * availableParallelism() + 1;
  const most = await runTogether(turnsOf(many, true), all(many, 'one'));
  expect(Math.max(...most)).toBeLessThanOrEqual(availableParallelism());
});

test('a measurement of a team has the machine to itself, and those beside it go on afterwards', async () => {
  const many = availableParallelism() + 2;
  const cores = all(many, 'one');
  cores[1] = 'all';
  const most = await runTogether(turnsOf(many, true), cores);
  expect(most[1]).toBe(1);
  expect(most.every((count) => count > 0)).toBe(true);
});

test.each([
  ['on a lane processes start one after another', true, 1],
  ['with the machine to itself an examination starts its processes together', false, 3],
])('%s', async (_, isBesideOthers, expected) => {
  const turns = new TimingTurns(isBesideOthers);
  await turns.begin();
  let [starting, most] = [0, 0];
  const open = async (): Promise<void> => {
    most = Math.max(most, ++starting);
    await sleep(1);
    starting--;
  };
  await Promise.all([turns.start(open), turns.start(open), turns.start(open)]);
  turns.end();
  expect(most).toBe(expected);
});
