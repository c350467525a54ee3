import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Call, CallResult, HeapRecord, Implementation, Session } from '@im2grade/grader/model/examination.ts';
import { measureScaling } from './measureScaling.ts';
import type { TeamOperation } from './sampleTeam.ts';
import { Subject } from '../Subject.ts';

/** Seconds of a call on one thread, in turns, and together. */
type Seconds = readonly [alone: number, inTurns: number, together: number];
let seconds: Record<'submission' | 'reference', Seconds>;
/** Of the submission's numbers, the ones that its second member writes. */
let byRank1: number;

const NUMBERS = 16;
const heapWritten = (second: number): HeapRecord => ({
  numbers: Float64Array.from({ length: NUMBERS }, (_, i) => i),
  writers: Uint8Array.from({ length: NUMBERS }, (_, i) => (i < second ? 2 : 1)),
});

beforeEach(() => {
  seconds = { submission: [10, 10, 5.5], reference: [10, 10, 5.5] };
  byRank1 = NUMBERS / 2;
  const sessionOf = ({ of }: Implementation): Session => ({
    call({ team, inTurns, recordsWriters }: Call) {
      const [alone, turns, together] = seconds[of as 'submission' | 'reference'];
      const time = inTurns ? turns : team === 2 ? together : alone;
      const heap = recordsWriters ? heapWritten(of === 'submission' ? byRank1 : NUMBERS / 2) : undefined;
      const answer: CallResult = { outputs: [], inputs: [], heap, text: undefined, seconds: time, ownSeconds: time };
      return Promise.resolve(answer);
    },
    close() {},
  });
  const open = (implementation: Implementation) => Promise.resolve(sessionOf(implementation));
  const timing = <T>(_cores: string, work: () => Promise<T>): Promise<T> => work();
  const machine = { cores: 2, hasFree: () => Promise.resolve(true) };
  Object.assign(globalThis, { examination: { open, timing, machine, seed: 1 } });
});
afterEach(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

const freshCall = (): Call => ({ name: 'f', options: {}, inputs: [], outputs: [] });
const TIMED: TeamOperation = {
  operation: 'f',
  geometry: {},
  fullCreditRatio: 1,
  freshCall,
  isRight: () => true,
  results: {
    recordedCall: freshCall,
    places: { results: [{ begin: 0, length: NUMBERS }] },
    isClose: (a, b) => a === b,
  },
};
const measured = () => measureScaling(new Subject({ of: 'submission', substituted: [] }), TIMED);

test('a team that gains as much as the reference’s has full credit', async () => {
  expect(await measured()).toMatchObject({ status: 'passed', credit: 1 });
});

test.each<[string, Seconds]>([
  ['members that each do everything', [5.5, 10, 5.5]],
  ['a single thread that wastes time', [10, 5.5, 5.5]],
])('%s gain nothing by it', async (_, times) => {
  seconds.submission = times;
  expect(await measured()).toMatchObject({ status: 'failed', credit: 0 });
});

describe('members of whom one writes', () => {
  test('everything gain nothing, whatever the times, and even if the reference gains nothing here', async () => {
    byRank1 = 0;
    expect(await measured()).toMatchObject({ status: 'failed', credit: 0 });
    seconds.reference = [10, 10, 10];
    expect(await measured()).toMatchObject({
      status: 'failed',
      credit: 0,
      reason: expect.stringContaining('but one member alone writes 100 % of the results'),
    });
  });

  test('almost everything gain almost nothing', async () => {
    byRank1 = 1;
    const { credit } = await measured();
    expect(credit).toBeCloseTo(Math.log(1 / (1 - 2 / NUMBERS)) / Math.log((0.9 * 10) / 5.5));
  });

  test('three quarters may gain as much as a team does: their quarter may take half of the time', async () => {
    byRank1 = NUMBERS / 4;
    expect(await measured()).toMatchObject({ status: 'passed', credit: 1 });
  });
});
