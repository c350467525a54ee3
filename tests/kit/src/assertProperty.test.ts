import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { Subject, subjectOf } from './Subject.ts';
import { assertProperty } from './assertProperty.ts';
import { CriterionFailure } from './verdicts.ts';

const numbers = fc.integer({ min: 0, max: 1000 });

/** Runs a property whose body fails at numbers of 10 and more; returns what it threw and how often the body ran. */
async function failing(error: () => Error): Promise<{ thrown: unknown; runs: number }> {
  let runs = 0;
  const thrown = await assertProperty(1, numbers, async (n) => {
    runs++;
    if (n >= 10) throw error();
  }).catch((caught: unknown) => caught);
  return { thrown, runs };
}

test('a counterexample is shrunk to the smallest', async () => {
  let smallest = Infinity;
  const body = async (n: number) => {
    if (n < 10) return;
    smallest = Math.min(smallest, n);
    throw new CriterionFailure('too large');
  };
  await expect(assertProperty(1, numbers, body)).rejects.toThrow('too large');
  expect(smallest).toBe(10);
});

test('if only the loss counts, nothing is made smaller', async () => {
  Object.assign(globalThis, { examination: { isBrief: true } });
  const shrunk = await failing(() => new CriterionFailure('too large'));
  Object.assign(globalThis, { examination: undefined });
  const { thrown, runs } = await failing(() => new CriterionFailure('too large'));
  expect([shrunk.thrown, thrown].map((error) => (error as Error).message)).toEqual(['too large', 'too large']);
  expect(shrunk.runs).toBeLessThan(runs);
});

test.each([
  ['a hang', () => new SubmissionFault('timed-out', 'f did not finish within 1 s')],
  ['a fault of our own', () => new Error('the reference did not answer')],
])('after %s there is no shrinking', async (_, error) => {
  const { thrown, runs } = await failing(error);
  expect((thrown as Error).message).toBe(error().message);
  expect(runs).toBeLessThan(10);
});

test('a submission whose calls use up its time is too slow; the time of the machine does not count', async () => {
  const call = (ownSeconds: number) => async () => {
    const session = {
      call: () => Promise.resolve({ outputs: [], inputs: [], text: undefined, seconds: 3, ownSeconds }),
      close() {},
    };
    Object.assign(globalThis, { examination: { open: () => Promise.resolve(session) } });
    await new Subject({ of: 'submission', substituted: [] }).call({ name: 'f', options: {}, inputs: [], outputs: [] });
  };
  await assertProperty(1, numbers, call(0.01));
  await expect(assertProperty(1, numbers, call(3))).rejects.toThrow('too slow to be examined: 7 of 40 cases in 20 s');
});

test('a case that fails only after other calls is said to pass alone', async () => {
  const open = () => {
    let calls = 0;
    const call = () =>
      Promise.resolve({ outputs: [Float64Array.of(++calls)], inputs: [], text: undefined, seconds: 0, ownSeconds: 0 });
    return Promise.resolve({ call, close() {} });
  };
  Object.assign(globalThis, { examination: { open } });
  const submission = subjectOf({ of: 'submission', substituted: [] }, 'public');
  const failure = async (least: number): Promise<CriterionFailure> => {
    const body = async () => {
      const { outputs } = await submission.call({ name: 'f', options: {}, inputs: [], outputs: [] });
      if (outputs[0][0] < least) return;
      throw new CriterionFailure('wrong', [{ type: 'counterexample', law: 'f() = 1', message: 'wrong', inputs: [] }]);
    };
    return (await assertProperty(1, numbers, body).catch((caught: unknown) => caught)) as CriterionFailure;
  };
  const cause = expect.stringContaining('alone in a fresh process this case passes');
  expect((await failure(2)).evidence).toMatchObject([{ cause }]);
  expect((await failure(1)).evidence).not.toMatchObject([{ cause }]);
});
