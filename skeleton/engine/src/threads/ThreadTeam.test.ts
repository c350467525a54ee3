import { afterAll, describe, expect, test } from '@jest/globals';
import type { Real } from '../memory/Real.ts';
import { ThreadTeam } from './ThreadTeam.ts';
import * as work from '../test/parallelWork.ts';

const MODULE = new URL('../test/parallelWork.ts', import.meta.url).href;
const teams = new Map([1, 2, 3].map((size) => [size, new ThreadTeam(size, 'wasm')]));
afterAll(async () => {
  await Promise.all([...teams.values()].map((team) => team.close()));
});

describe.each([1, 2, 3])('a team of %i', (size) => {
  const team = teams.get(size)!;
  const zeros = (length: number): Real => team.allocate(Float64Array, length);

  test('shares out every index once', () => {
    for (const length of [0, 1, size - 1, size, 100]) {
      const counts = zeros(length);
      team.run(work.countShares, MODULE, { counts });
      expect([...counts]).toEqual(new Array(length).fill(1));
    }
  });

  test('adds the arrays of all members, of any length', () => {
    for (const length of [1, 7, 9000]) {
      const total = zeros(length);
      team.run(work.addRanks, MODULE, { total });
      const sum = (size * (size + 1)) / 2;
      expect([...total]).toEqual(Array.from({ length }, (_, i) => sum * (i + 1)));
    }
  });

  test('sees after a barrier what all did before it, a thousand times', () => {
    const [ring, seen] = [zeros(size), zeros(size)];
    team.run(work.passOn, MODULE, { ring, seen, rounds: 1000 });
    expect([...seen]).toEqual(new Array(size).fill(1000));
  });

  test('gets the same arrays from the heap', () => {
    const seen = zeros(size);
    team.run(work.allocateAlike, MODULE, { seen });
    expect([...seen]).toEqual(Array.from({ length: size }, (_, rank) => rank + 1));
  });
});

describe.each([2, 3])('what goes wrong in a team of %i', (size) => {
  const team = teams.get(size)!;

  test.each([0, 1])('an exception of rank %i ends all members, and is thrown here', (rank) => {
    expect(() => team.run(work.throwOn, MODULE, { rank })).toThrow(/no good/);
  });

  test('barriers that do not match are reported as such', () => {
    expect(() => team.run(work.oneBarrierMore, MODULE, { rank: 0 })).toThrow(/rank 0 reached 2, rank 1 reached 1/);
    expect(() => team.run(work.oneBarrierMore, MODULE, { rank: 1 })).toThrow(/rank 0 reached 1, rank 1 reached 2/);
  });

  test.each([0, 1])('a missing barrier shows every time if rank %i is late', (straggler) => {
    const [here, seen] = [team.allocate(Float64Array, size), team.allocate(Float64Array, size)];
    // Threads that have never run anything start late themselves.
    team.run(work.countShares, MODULE, { counts: team.allocate(Float64Array, size) });
    team.run(work.lookAround, MODULE, { here, seen }, { straggler });
    expect(seen[straggler]).toBe(size);
    seen.forEach((found, rank) => rank !== straggler && expect(found).toBeLessThan(size));
  });

  test('the next region is not touched by that', () => {
    const counts = team.allocate(Float64Array, 5);
    team.run(work.countShares, MODULE, { counts });
    expect([...counts]).toEqual([1, 1, 1, 1, 1]);
  });
});
