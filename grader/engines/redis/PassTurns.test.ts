import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Pass } from '../Engine.ts';
import { PassTurns } from './PassTurns.ts';

const widths = { untimed: 3, timed: 2 };

test('gradings of one pass run together up to its width, never beside those of the other, and all at last', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom<Pass>('timed', 'untimed')), async (passes) => {
      const turns = new PassTurns(widths);
      const running: Pass[] = [];
      const ended: number[] = [];
      const work = (pass: Pass, index: number) => async () => {
        running.push(pass);
        expect(new Set(running).size).toBe(1);
        expect(running.length).toBeLessThanOrEqual(widths[pass]);
        await turn();
        running.splice(running.indexOf(pass), 1);
        ended.push(index);
        return true;
      };
      const untilRun = async (pass: Pass, index: number) => {
        while ((await turns.run(pass, work(pass, index))) === undefined) await turn();
      };
      await Promise.all(passes.map(untilRun));
      expect(ended.toSorted((a, b) => a - b)).toEqual([...passes.keys()]);
    }),
  ));

test('what there is no room for is not kept', async () => {
  const turns = new PassTurns(widths);
  const begun = await Promise.all(Array.from({ length: 5 }, () => turns.run('timed', async () => 'begun')));
  expect(begun).toEqual(['begun', 'begun', undefined, undefined, undefined]);
});
