import { afterEach, expect, test } from '@jest/globals';
import type { CallResult, Implementation, Session } from '@im2grade/grader/model/examination.ts';
import { SubmissionFault } from '@im2grade/grader/model/examination.ts';
import { Subject } from './Subject.ts';

const CALL = { name: 'f', options: {}, inputs: [], outputs: [] };
const ANSWER: CallResult = { outputs: [], inputs: [], text: undefined, seconds: 1, ownSeconds: 1 };

afterEach(() => {
  delete (globalThis as { examination?: unknown }).examination;
});

/** Sessions that do these things, one after another: throw an error, or answer. */
function opening(...fates: readonly (Error | 'answers')[]): Implementation[] {
  const opened: Implementation[] = [];
  const open = (implementation: Implementation): Promise<Session> => {
    const fate = fates[opened.push(implementation) - 1];
    return Promise.resolve({
      call: () => (fate === 'answers' ? Promise.resolve(ANSWER) : Promise.reject(fate)),
      close() {},
    });
  };
  Object.assign(globalThis, { examination: { open } });
  return opened;
}

const crash = () => new SubmissionFault('crashed', 'the process ended (SIGKILL)', { isCertain: false });
const submission = () => new Subject({ of: 'submission', substituted: [] });

test('a process that may have been killed by the machine is tried once more', async () => {
  const opened = opening(crash(), 'answers');
  expect(await submission().call(CALL)).toBe(ANSWER);
  expect(opened).toHaveLength(2);
});

test('one that ends again is the submission’s fault', async () => {
  const opened = opening(crash(), crash(), 'answers');
  await expect(submission().call(CALL)).rejects.toMatchObject({ name: 'SubmissionFault', kind: 'crashed' });
  expect(opened).toHaveLength(2);
});

test('a function is not called again after 60 s of its own, unless the call has its own deadline', async () => {
  const slow = { ...ANSWER, ownSeconds: 3.6 };
  Object.assign(globalThis, {
    examination: { open: () => Promise.resolve({ call: () => Promise.resolve(slow), close() {} }) },
  });
  const pasts = new Map();
  const [first, second] = [0, 1].map(() => new Subject({ of: 'submission', substituted: [] }, { pasts }));
  for (let i = 0; i < 17; i++) await (i % 2 === 0 ? first : second).call(CALL);
  await expect(second.call(CALL)).rejects.toMatchObject({
    kind: 'timed-out',
    message: 'not called again: f has taken 60 s in all',
  });
  for (const call of [
    { ...CALL, name: 'g' },
    { ...CALL, isTimed: true },
    { ...CALL, deadlineSeconds: 60 },
  ])
    await expect(second.call(call)).resolves.toBe(slow);
  const reference = new Subject({ of: 'reference' });
  for (let i = 0; i < 20; i++) await reference.call(CALL);
});

test('a fault that is certain is not tried again', async () => {
  const opened = opening(new SubmissionFault('timed-out', 'f did not finish within 1 s'), 'answers');
  await expect(submission().call(CALL)).rejects.toMatchObject({ kind: 'timed-out' });
  expect(opened).toHaveLength(1);
});

test.each(['reference', 'naive'] as const)('a fault of the %s is not a fault of the submission', async (of) => {
  opening(crash(), crash());
  await expect(new Subject({ of }).call(CALL)).rejects.toMatchObject({
    name: 'Error',
    message: `the ${of} did not answer: the process ended (SIGKILL)`,
  });
});

test('after a fault of the machine the next call has a fresh process', async () => {
  const opened = opening(new Error('the machine did not let it run'), 'answers');
  const subject = submission();
  await expect(subject.call(CALL)).rejects.toThrow('the machine');
  expect(await subject.call(CALL)).toBe(ANSWER);
  expect(opened).toHaveLength(2);
});
