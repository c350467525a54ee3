import { afterAll, expect, test } from '@jest/globals';
import type { Call } from '@im2grade/grader/model/examination.ts';
import { Criterion } from '@im2grade/grader/model/assignment.ts';
import { Finding } from '@im2grade/grader/model/outcome.ts';
import { criterion } from './criterion.ts';
import type { CriterionContext } from './examineOn.ts';
import { CriterionFailure, inconclusive } from './verdicts.ts';

const row = (id: string, more: object = {}): Criterion =>
  Criterion.parse({ id, title: id, asks: id, points: 1, kind: 'correctness', examines: ['f.ts'], ...more });

const CRITERIA = [
  row('idle.definition'),
  row('idle.untouched', { beside: ['idle.definition'] }),
  row('wrong.definition'),
  row('wrong.untouched', { beside: ['wrong.definition'] }),
  row('right.definition'),
  row('right.untouched', { beside: ['right.definition'] }),
  row('some.measurement', { examines: ['g.ts'] }),
  row('all.lost', { needs: ['wrong.definition'] }),
  row('all.idle', { needs: ['idle.definition'] }),
  row('all.idle-or-lost', { needs: ['wrong.definition', 'idle.definition'] }),
  row('all.undecided', { needs: ['some.measurement'], examines: ['g.ts'] }),
  row('all.mixed', { needs: ['wrong.definition', 'some.measurement'], examines: ['f.ts', 'g.ts'] }),
  row('speed.lost', { kind: 'speed', needs: ['wrong.definition'] }),
  row('speed.helped', { kind: 'speed', needs: ['wrong.definition'], examines: ['f.ts', 'g.ts'] }),
  row('known.definition'),
  row('known.use', { needs: ['known.definition'] }),
  row('clock.set-back'),
  row('speed.undecided', { kind: 'speed', needs: ['some.measurement'], examines: ['g.ts'] }),
];

const NOT_SELECTED = new Set(['wrong.definition', 'known.definition']);

const FUNCTIONS: Record<string, (x: number) => number> = {
  idle: () => 0,
  wrong: (x) => x * x + 1,
  right: (x) => x * x,
};
const findings = new Map<string, Finding>();

Object.assign(globalThis, {
  examination: {
    criteria: CRITERIA,
    selected: new Set(CRITERIA.map(({ id }) => id).filter((id) => !NOT_SELECTED.has(id))),
    known: new Map([['known.definition', Finding.parse({ id: 'known.definition', status: 'passed', credit: 1 })]]),
    seed: 1,
    unusable: () => ({}),
    declare() {},
    started() {},
    report: (finding: Finding) => findings.set(finding.id, finding),
    open: async ({ of }: { of: string }) => ({
      call: async ({ name, inputs }: Call) => ({
        outputs: [(inputs[0] as Float64Array).map(FUNCTIONS[of === 'reference' ? 'right' : name])],
        inputs: [],
        seconds: 0,
        ownSeconds: 0,
      }),
      close() {},
    }),
  },
});
afterAll(() => {
  Date.now = now;
  delete (globalThis as { examination?: unknown }).examination;
});

const callOf = (name: string): Call => ({
  name,
  options: {},
  inputs: [Float64Array.of(1, 2, 3, 4)],
  outputs: [{ dtype: 'float64', length: 4 }],
});

for (const name of Object.keys(FUNCTIONS)) {
  criterion(`${name}.definition`, async ({ submission }: CriterionContext) => {
    const { outputs } = await submission.call(callOf(name));
    if (outputs[0][1] !== 4) throw new CriterionFailure('y = x²');
  });
  criterion(`${name}.untouched`, async ({ submission }) => void (await submission.call(callOf(name))));
}
criterion('some.measurement', async () => inconclusive('too much noise'));
for (const id of [
  'all.lost',
  'all.idle',
  'all.idle-or-lost',
  'all.undecided',
  'all.mixed',
  'speed.lost',
  'speed.helped',
  'speed.undecided',
])
  criterion(id, async () => {});

let timesKnownWasExamined = 0;
criterion('known.definition', async () => void timesKnownWasExamined++);
criterion('known.use', async () => {});

const { now } = Date;
criterion('clock.set-back', async () => {
  Date.now = () => now() - 3_600_000;
});

const statusOf = (id: string) => findings.get(id)?.status;

test('what holds for a function that does nothing does not count for one', () => {
  expect(statusOf('idle.untouched')).toBe('failed');
  expect(findings.get('idle.untouched')!.reason).toBe(
    'not counted: idle returns constants or copies of its input, which satisfy this whatever is asked of it',
  );
});

test('it counts for a function that is right, and for one with a mistake', () => {
  expect([statusOf('right.untouched'), statusOf('wrong.untouched')]).toEqual(['passed', 'passed']);
});

test('a criterion beside which another counts is examined, and not reported, if only the other is selected', () => {
  expect(findings.has('wrong.definition')).toBe(false);
});

test('what depends on functions with mistakes alone is pending: each mistake has been charged already', () => {
  expect(findings.get('all.lost')).toMatchObject({
    status: 'blocked',
    reason: 'nothing of the submission is left to examine here; lost: wrong.definition',
  });
});

test('what is timed with others is timed with the reference’s part in place; alone it has lost', () => {
  expect([statusOf('speed.lost'), statusOf('speed.helped')]).toEqual(['failed', 'passed']);
  expect(findings.get('speed.helped')!.substituted).toEqual(['f.ts']);
});

test('what depends on a function that does nothing is lost, whatever else is', () => {
  expect([statusOf('all.idle'), statusOf('all.idle-or-lost')]).toEqual(['failed', 'failed']);
});

test('what depends on something undecided is pending', () => {
  expect(findings.get('all.undecided')).toMatchObject({
    status: 'blocked',
    reason: 'examined once these are decided: some.measurement',
  });
  expect([statusOf('all.mixed'), statusOf('speed.undecided')]).toEqual(['blocked', 'blocked']);
});

test('what an earlier examination has found is not examined again for those that need it', () => {
  expect([timesKnownWasExamined, statusOf('known.use')]).toEqual([0, 'passed']);
});

test('a clock that is set back meanwhile takes nothing from a finding', () => {
  expect(Finding.parse(findings.get('clock.set-back'))).toMatchObject({ status: 'passed' });
});
