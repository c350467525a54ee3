import { expect, test } from '@jest/globals';
import { type Call, type CallResult, SubmissionFault, type Values } from '@im2grade/grader/model/examination.ts';
import { expectReference } from './expectReference.ts';

const CALL: Call = {
  name: 'double',
  options: {},
  inputs: [Float64Array.of(1, -2, 1e6)],
  outputs: [{ dtype: 'float64', length: 3 }],
};
const RIGHT = Float64Array.of(2, -4, 2e6);

const answering = (output: Values, input: Values = CALL.inputs[0]) => ({
  call: (): Promise<CallResult> =>
    Promise.resolve({ outputs: [output], inputs: [input], text: undefined, seconds: 0, ownSeconds: 0 }),
});
const failing = (fault: SubmissionFault) => ({ call: (): Promise<CallResult> => Promise.reject(fault) });
const compared = (submission: ReturnType<typeof answering>) =>
  expectReference(submission, answering(RIGHT), CALL, { n: 3, of: 'numbers', calls: [] });

test('rounding is no difference', async () => {
  await expect(compared(answering(Float64Array.of(2, -4 + 1e-9, 2e6)))).resolves.toBeUndefined();
});

test('a difference names the call, its case and the element', async () => {
  await expect(compared(answering(Float64Array.of(2, -4.1, 2e6)))).rejects.toThrow(
    'double (n 3, of numbers): output 0 is -4.1 at 1, and should be -4',
  );
});

test('NaN differs from a number', async () => {
  await expect(compared(answering(Float64Array.of(NaN, -4, 2e6)))).rejects.toThrow('output 0 is NaN at 0');
});

test('a changed input is a difference', async () => {
  await expect(compared(answering(RIGHT, Float64Array.of(1, 0, 1e6)))).rejects.toThrow('input 0 has changed at 1');
});

test('an exception is a difference, and the end of the process is a fault', async () => {
  await expect(compared(failing(new SubmissionFault('threw', 'RangeError: 7')))).rejects.toMatchObject({
    name: 'CriterionFailure',
    message: expect.stringContaining('RangeError: 7') as unknown,
  });
  await expect(compared(failing(new SubmissionFault('crashed', 'gone')))).rejects.toMatchObject({ kind: 'crashed' });
});
