import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { bundleOwn } from '../../../grader/compile/bundleOwn.ts';
import { runtimeBundles } from '../../../grader/compile/runtimeBundles.ts';
import { findSandbox } from '../../../grader/isolation/findSandbox.ts';
import type { SubmissionFault } from '../../../grader/model/examination.ts';
import { ChildSession } from '../../../grader/run/ChildSession.ts';
import { chain, conv, modelOf, relu, repeated, weights } from '../../../skeleton/models/src/test/writeOnnx.ts';
import { ExaminedModel } from '../../kit/src/models/ExaminedModel.ts';
import type { Subject } from '../../kit/src/Subject.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

/**
 * A model that is handed in is a new way in: its bytes are read in the submission's process, and only in it. Whatever
 * they want, the process ends in time, and what it says is a structure or no answer.
 */
const ASSIGNMENT = 'cifar-nets';

async function modelProcess(): Promise<ChildSession> {
  const assignment = assignmentOf(ASSIGNMENT);
  const folder = mkdtempSync(join(tmpdir(), 'im2grade-models-'));
  try {
    const file = join(folder, 'submission.js');
    await bundleOwn(ROOT, assignment, new Map(), file);
    const programs = await runtimeBundles(ROOT, assignment);
    const limits = { ...assignment.limits, memoryMiB: 512 };
    const settings = { sandbox: await findSandbox(ROOT), programs, limits, gemm: { kind: 'wasm', files: [] } } as const;
    return await ChildSession.open(settings, readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const session = await modelProcess();
afterAll(() => session.close());

const asSubject = (call: Subject['call']): Subject => ({ call }) as Subject;
const examined = (name: string, bytes: Uint8Array, subject = asSubject((call) => session.call(call))): ExaminedModel =>
  new ExaminedModel(subject, { path: name, names: [name], bytes: [bytes], key: `${name} ${bytes.length}` });

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test.each<[string, string, Uint8Array]>([
  ['a tensor of 2⁴⁰ numbers', 'm.onnx', modelOf([...chain(conv()), weights('w', [2n ** 40n])])],
  ['a hundred thousand nodes', 'm.onnx', modelOf(chain(...repeated(100_000, () => relu)))],
  ['JSON that is nested a million deep', 'model.json', Buffer.from(nested(1_000_000))],
  ['a header that claims to be longer than memory', 'm.safetensors', Uint8Array.from({ length: 16 }, () => 0x7f)],
  ['a pickle instead of a state dict', 'm.pth', Buffer.from('cos\nsystem\n(S"true"\ntR.')],
  ['nothing', 'm.onnx', new Uint8Array(0)],
])('%s is refused in one line, and the process goes on', async (_, name, bytes) => {
  const failure = await examined(name, bytes)
    .structure()
    .catch((error: Error) => error);
  expect(failure).toMatchObject({ name: 'CriterionFailure' });
  const { message } = failure as Error;
  expect(message).toMatch(new RegExp(`^${name}: [^\\n]+$`, 'u'));
  expect(message).not.toContain(ROOT);
});

test('a model that computes for longer than it may is stopped', async () => {
  const call = { name: 'describeModel', inputs: [], outputs: [], deadlineSeconds: 0.01 };
  const slow = await modelProcess();
  const bytes = modelOf(chain(...repeated(900, () => relu)), ['batch', 3, 64, 64]);
  const options = { key: 'slow', path: 'm.onnx', names: ['m.onnx'], mean: [0], deviation: [1] };
  const images = new Uint8Array(500 * 3 * 64 * 64);
  const outputs = [{ dtype: 'float32', length: images.length } as const];
  const fault = await slow
    .call({ ...call, name: 'modelOutputs', options, inputs: [bytes, images], outputs })
    .catch((error: SubmissionFault) => error);
  expect(fault).toMatchObject({ name: 'SubmissionFault', kind: 'timed-out' });
});

const structure = {
  kind: 'graph',
  input: { shape: [3, 8, 8], channels: 'first' },
  output: [10],
  parameters: 0,
  work: 1,
  nodes: [],
};

test.each([
  ['no JSON', 'passed'],
  ['a verdict', '{"status":"passed","credit":1}'],
  ['a structure with a node of no kind', JSON.stringify({ ...structure, nodes: [{ kind: 'passed' }] })],
  ['sizes that are none', JSON.stringify({ ...structure, output: ['10'] })],
  ['a negative amount of work', JSON.stringify({ ...structure, work: -1 })],
])('a process that sends %s has sent no result', async (_, text) => {
  const subject = asSubject(async () => ({ text, outputs: [], inputs: [], seconds: 0, ownSeconds: 0 }));
  await expect(examined('m.onnx', new Uint8Array(1), subject).structure()).rejects.toMatchObject({
    name: 'SubmissionFault',
    kind: 'protocol',
  });
});

test('a process that never comes to an end of its text is not listened to for ever', async () => {
  const subject = asSubject(async () => ({
    text: ' '.repeat(60_000),
    outputs: [],
    inputs: [],
    seconds: 0,
    ownSeconds: 0,
  }));
  await expect(examined('m.onnx', new Uint8Array(1), subject).structure()).rejects.toThrow('too many nodes');
});
