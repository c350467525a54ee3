import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Pass } from '../Engine.ts';
import { PassTurns } from './PassTurns.ts';

test('gradings of one pass run together up to its width, and never beside those of the other', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom<Pass>('timed', 'untimed')), async (passes) => {
      const widths = { untimed: 3, timed: 2 };
      const turns = new PassTurns(widths);
      const running: Pass[] = [];
      const ended: number[] = [];
      await Promise.all(
        passes.map((pass, index) =>
          turns.run(pass, async () => {
            running.push(pass);
            expect(new Set(running).size).toBe(1);
            expect(running.length).toBeLessThanOrEqual(widths[pass]);
            await turn();
            running.splice(running.indexOf(pass), 1);
            ended.push(index);
          }),
        ),
      );
      expect(ended.toSorted((a, b) => a - b)).toEqual([...passes.keys()]);
    }),
  ));
