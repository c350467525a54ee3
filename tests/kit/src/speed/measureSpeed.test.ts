import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CallResult, Implementation, Session } from '@im2grade/grader/model/examination.ts';
import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { CALLS_IN_A_TURN } from './fastestCall.ts';
import { measureSpeed, type TimedOperation } from './measureSpeed.ts';
import { Subject } from '../Subject.ts';

/** Seconds of each implementation's calls, and whether its results are right. */
type Behaviour = Record<
  Implementation['of'],
  { readonly seconds: number | (() => number); readonly isRight: boolean | (() => boolean); fault?: Error }
>;
let behaviour: Behaviour;

beforeEach(() => {
  behaviour = {
    submission: { seconds: 1, isRight: true },
    reference: { seconds: 1, isRight: true },
    naive: { seconds: 3, isRight: true },
  };
  const sessionOf = ({ of }: Implementation): Session => ({
    call: () => {
      const { seconds: how, isRight, fault } = behaviour[of];
      const seconds = typeof how === 'number' ? how : how();
      const outputs = [Float64Array.of((typeof isRight === 'function' ? isRight() : isRight) ? 1 : 0)];
      const answer: CallResult = { outputs, inputs: [], text: undefined, seconds, ownSeconds: seconds };
      return fault ? Promise.reject(fault) : Promise.resolve(answer);
    },
    close() {},
  });
  const open = (implementation: Implementation) => Promise.resolve(sessionOf(implementation));
  const timing = <T>(_cores: string, work: () => Promise<T>): Promise<T> => work();
  Object.assign(globalThis, { examination: { open, timing } });
});
afterEach(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

const TIMED: TimedOperation = {
  operation: 'f',
  geometry: {},
  fullCreditRatio: 1.25,
  freshCall: () => ({ name: 'f', options: {}, inputs: [], outputs: [] }),
  isRight: (_call, got, expected) => got.outputs[0][0] === expected.outputs[0][0],
};
const OWN = { of: 'submission', substituted: [] } as const;

test('as fast as the reference is full credit', async () => {
  expect(await measureSpeed(new Subject(OWN), TIMED)).toMatchObject({ status: 'passed', credit: 1 });
});

test('a wrong result is not timed', async () => {
  behaviour.submission = { seconds: 0.1, isRight: false };
  await expect(measureSpeed(new Subject(OWN), TIMED)).rejects.toMatchObject({
    name: 'CriterionFailure',
    message: 'a timed result of f was wrong; only correct results are timed',
  });
});

test('a call that is fast because it does nothing does not count, whichever of a turn it is', async () => {
  for (let ofTurn = 0; ofTurn < CALLS_IN_A_TURN; ofTurn++) {
    let calls = 0;
    behaviour.submission = { seconds: 1, isRight: () => calls++ % CALLS_IN_A_TURN !== ofTurn };
    await expect(measureSpeed(new Subject(OWN), TIMED)).rejects.toMatchObject({ name: 'CriterionFailure' });
  }
});

test('calls that something else made longer cost nothing while one call of the turn is undisturbed', async () => {
  let calls = 0;
  behaviour.submission = { seconds: () => (calls++ % CALLS_IN_A_TURN === 1 ? 1 : 5), isRight: true };
  expect(await measureSpeed(new Subject(OWN), TIMED)).toMatchObject({ status: 'passed', credit: 1 });
});

test('results that are known to be wrong are timed as they are', async () => {
  behaviour.submission = { seconds: 3, isRight: false };
  const asItIs = new Subject(OWN, { isKnownWrong: true });
  expect(await measureSpeed(asItIs, TIMED)).toMatchObject({ status: 'failed', credit: 0 });
});

test.each(['reference', 'naive'] as const)('a fault of the %s in a measurement is the grader’s', async (of) => {
  behaviour[of].fault = new SubmissionFault('crashed', 'the process ended (SIGKILL)', { isCertain: false });
  await expect(measureSpeed(new Subject(OWN), TIMED)).rejects.toMatchObject({
    name: 'Error',
    message: `the ${of} did not answer: the process ended (SIGKILL)`,
  });
});

/** In half of the turns all calls take about `low`, in the first turn among them, and in half about `high`. */
const unsteady = (low: number, high: number) => {
  let calls = 0;
  return () => (Math.floor(calls++ / CALLS_IN_A_TURN) % 2 === 0 ? low : high) * (1 + (calls % 7) / 1000);
};

test('if only the submission’s times are unsteady, the longer ones count', async () => {
  behaviour.submission = { seconds: unsteady(1, 4), isRight: true };
  expect(await measureSpeed(new Subject(OWN), TIMED)).toMatchObject({ status: 'failed', credit: 0 });
});

test('if the reference’s times are unsteady too, nothing is decided', async () => {
  behaviour.submission = { seconds: unsteady(1, 2.9), isRight: true };
  behaviour.reference = { seconds: unsteady(2, 1), isRight: true };
  expect(await measureSpeed(new Subject(OWN), TIMED)).toMatchObject({ status: 'inconclusive' });
});

test('less than full credit is lost only if that is clear', async () => {
  behaviour.naive = { seconds: unsteady(2.8, 3.2), isRight: true };
  behaviour.submission = { seconds: unsteady(1.22, 1.31), isRight: true };
  const doubtful = await measureSpeed(new Subject(OWN), TIMED);
  expect(doubtful).toMatchObject({ status: 'passed', credit: 1 });
  expect(doubtful.reason).toContain('which may be chance: full credit is within the interval');
  behaviour.submission = { seconds: unsteady(1.31, 1.4), isRight: true };
  expect(await measureSpeed(new Subject(OWN), TIMED)).toMatchObject({ status: 'partial' });
});

test('what is clear is decided by two processes of each, what is not by more', async () => {
  const opened: Implementation['of'][] = [];
  const { open } = (globalThis as unknown as { examination: { open(of: Implementation): Promise<Session> } })
    .examination;
  Object.assign((globalThis as unknown as { examination: object }).examination, {
    open: (implementation: Implementation) => {
      opened.push(implementation.of);
      return open(implementation);
    },
  });
  const fresh = { ...TIMED, inFreshProcesses: true };
  await measureSpeed(new Subject(OWN), fresh);
  expect(opened.filter((of) => of === 'submission')).toHaveLength(2);
  opened.length = 0;
  behaviour.submission = { seconds: unsteady(1.8, 2), isRight: true };
  await measureSpeed(new Subject(OWN), fresh);
  expect(opened.filter((of) => of === 'submission').length).toBeGreaterThan(2);
});

test('naive loops that are hardly slower are no scale', async () => {
  behaviour.naive = { seconds: 1.3, isRight: true };
  const none = await measureSpeed(new Subject(OWN), TIMED);
  expect(none).toMatchObject({ status: 'inconclusive', evidence: [{ processes: 2 }] });
  expect(none.reason).toContain('the naive loops took only 1.30 times');
});

test('naive loops that are slow only now and then are measured further', async () => {
  let calls = 0;
  const turn = () => Math.floor(calls++ / CALLS_IN_A_TURN);
  behaviour.naive = { seconds: () => (calls < 40 ? 1.3 + (turn() % 3) : 3), isRight: true };
  behaviour.reference = { seconds: unsteady(0.95, 1.05), isRight: true };
  expect(await measureSpeed(new Subject(OWN), TIMED)).toMatchObject({ status: 'passed', credit: 1 });
});
