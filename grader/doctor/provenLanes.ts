import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { interval } from '../common/interval.ts';

/** Times the same work twice in turn, and prints the ratios of the two times. */
const PAIRS_OF_EQUAL_WORK = `
  const values = Float64Array.from({ length: 65536 }, (_, i) => i % 97);
  let sum = 0;
  const seconds = () => {
    const begin = performance.now();
    for (let round = 0; round < 16; round++) for (const value of values) sum += value * value;
    return performance.now() - begin;
  };
  for (let i = 0; i < 50; i++) seconds();
  const ratios = [];
  for (let i = 0; i < 100; i++) {
    const [first, second] = [seconds(), seconds()];
    ratios.push(i % 2 === 0 ? first / second : second / first);
  }
  console.log(JSON.stringify(ratios));
`;
const Ratios = z.array(z.number().positive()).length(100);
/** A twentieth of the credit of a submission that is half way between the naive loops and the reference. */
const MOST_OFF = 0.03;

/** How many measurements may run side by side. */
export interface ProvenLanes {
  readonly lanes: number;
  /** How far from 1 the ratio of two times of equal work may be when all cores are busy; 0.01 is 1 %. */
  readonly off: number;
}

/**
 * Times equal work on every core at once. If a core does not measure it as equal, measurements run one after another.
 *
 * @example
 * ```ts
 * const { lanes } = await provenLanes(); // 2 on a quiet machine with two cores
 * ```
 */
export async function provenLanes(): Promise<ProvenLanes> {
  const cores = availableParallelism();
  const all = await Promise.all(Array.from({ length: cores }, ratiosOfEqualWork));
  const off = Math.max(...all.map(farthestOff));
  return { lanes: off <= MOST_OFF ? cores : 1, off };
}

async function ratiosOfEqualWork(): Promise<number[]> {
  // In a process group of its own: Ctrl-C is for the command, and what it waits for takes a moment.
  const { stdout } = spawn(process.execPath, ['-e', PAIRS_OF_EQUAL_WORK], {
    ...{ env: {}, detached: true },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Ratios.parse(JSON.parse(await text(stdout)));
}

function farthestOff(ratios: readonly number[]): number {
  const { low, high } = interval(ratios);
  return Math.max(1 - low, high - 1);
}
