import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Criterion } from '@im2grade/grader/model/assignment.ts';
import type { Call } from '@im2grade/grader/model/examination.ts';
import type { Finding } from '@im2grade/grader/model/outcome.ts';
import { examinedFunction } from './followsReference.ts';
import { namedCall } from './namedCall.ts';
import { searchFunctions } from './searchFunctions.ts';

const ID = 'search.difference';
const search = Criterion.parse({
  id: ID,
  title: 'No call distinguishes it from the reference',
  asks: 'Every call gives what the reference gives.',
  points: 0,
  kind: 'correctness',
  examines: [],
  settings: { cases: 1000 },
});

/** The powers of numbers, scaled by the largest of them, of which the mutant sees the first 256 only. */
const largestIn = (numbers: Float64Array) => numbers.reduce((a, b) => Math.max(a, b), -Infinity);
const powers = (numbers: Float64Array, largest: number) => numbers.map((number) => Math.exp(number - largest));
const functions: Readonly<Record<string, (numbers: Float64Array) => Float64Array>> = {
  reference: (numbers) => powers(numbers, largestIn(numbers)),
  submission: (numbers) => powers(numbers, largestIn(numbers.subarray(0, 256))),
};

const findings = new Map<string, Finding>();
Object.assign(globalThis, {
  examination: {
    criteria: [search],
    selected: new Set([ID]),
    known: new Map(),
    seed: 1,
    unusable: () => ({}),
    declare() {},
    started() {},
    report: (finding: Finding) => findings.set(finding.id, finding),
    open: async ({ of }: { of: string }) => ({
      call: async ({ inputs }: Call) => ({
        outputs: [functions[of](inputs[0] as Float64Array)],
        inputs,
        seconds: 0,
        ownSeconds: 0,
      }),
      close() {},
    }),
  },
});
afterAll(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

const scaled = examinedFunction<Readonly<Record<string, number>>>({
  cases: fc.record({ n: fc.integer({ min: 1, max: 6 }) }),
  large: [{ n: 300 }],
  call: ({ n }, data) => namedCall('scaled', { n }, { inputs: { x: { n } }, outputs: { y: { n } } }, data),
});
searchFunctions({ scaled });

test('a difference that needs a large size and large numbers is found, and its input is described', () => {
  expect(findings.get(ID)).toMatchObject({
    status: 'failed',
    reason: expect.stringMatching(
      /^scaled \(n 300, numbers (?:unusual|uneven)\): output 0 is .*, and should be /,
    ) as unknown,
  });
});
