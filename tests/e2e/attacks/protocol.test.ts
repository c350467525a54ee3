import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { runtimeBundles } from '../../../grader/compile/runtimeBundles.ts';
import { findSandbox, reducedSandbox } from '../../../grader/isolation/findSandbox.ts';
import type { SubmissionFault } from '../../../grader/model/examination.ts';
import { ChildSession } from '../../../grader/run/ChildSession.ts';
import { assignmentOf, ROOT } from '../support/gradeFiles.ts';

/**
 * A submission that has taken over the trusted half of its process: it holds both pipes, and knows the nonce of each
 * request as soon as it has read it. It still cannot say anything that was not asked for.
 */
const TAKEN_OVER = `
  const fs = require('node:fs');
  const request = Buffer.alloc(32);
  const frame = ({ type = 11, sequence = request.readUInt32LE(4), nonce = request.subarray(8, 16), text = '', bodyBytes = 0, textBytes }) => {
    const header = Buffer.alloc(32);
    header.writeUInt32LE(type, 0);
    header.writeUInt32LE(sequence, 4);
    nonce.copy(header, 8);
    header.writeUInt32LE(textBytes ?? Buffer.byteLength(text), 16);
    header.writeUInt32LE(bodyBytes, 20);
    return Buffer.concat([header, Buffer.from(text)]);
  };
  const send = (bytes, to = 4) => { for (let at = 0; at < bytes.length;) at += fs.writeSync(to, bytes, at); };
  const stay = () => setInterval(() => {}, 1e6);
  fs.readSync(3, request);
`;

const attacks: readonly [does: string, kind: RegExp, message: RegExp, script: string][] = [
  [
    'answers with a nonce of its own',
    /protocol/,
    /was not requested/,
    'send(frame({ nonce: Buffer.alloc(8) })); stay();',
  ],
  [
    'answers a request that has not been made yet',
    /protocol/,
    /was not requested/,
    'send(frame({ sequence: 2 })); stay();',
  ],
  ['gives a result where none was asked for', /protocol/, /was not requested/, 'send(frame({ type: 13 })); stay();'],
  [
    'gives more than was asked for',
    /protocol/,
    /was not requested/,
    'send(frame({ bodyBytes: 16 })); send(Buffer.alloc(16)); stay();',
  ],
  [
    'promises four gigabytes of text',
    /protocol/,
    /was not requested/,
    'send(frame({ textBytes: 0xffffffff })); stay();',
  ],
  ['answers twice', /protocol/, /was not requested/, 'send(frame({})); send(frame({})); stay();'],
  ['sends garbage without end', /protocol/, /was not requested/, 'for (;;) send(Buffer.alloc(1 << 20, 7));'],
  ['reports a fault that is not JSON', /protocol/, /cannot be read/, 'send(frame({ type: 14, text: "{" })); stay();'],
  [
    'reports a fault of an unknown kind',
    /protocol/,
    /cannot be read/,
    'send(frame({ type: 14, text: JSON.stringify({ kind: "passed", message: "" }) })); stay();',
  ],
  [
    'reports a fault with a prototype',
    /protocol/,
    /cannot be read/,
    `send(frame({ type: 14, text: '{"kind":"threw","message":"","__proto__":{"polluted":true}}' })); stay();`,
  ],
  [
    'reports a fault in colours',
    /threw/,
    /^\[31mPASS ‹end›$/,
    'send(frame({ type: 14, text: JSON.stringify({ kind: "threw", message: "\\u001b[31mPASS\\r\\n\\u202e‹end›" }) })); stay();',
  ],
  ['prints without end', /protocol/, /bytes were printed/, 'for (;;) send(Buffer.alloc(1 << 20, 10), 1);'],
  [
    'prints a verdict',
    /timed-out/,
    /did not finish/,
    'send(Buffer.from(JSON.stringify({ passed: true })), 1); stay();',
  ],
  ['says nothing', /timed-out/, /did not finish/, 'stay();'],
  ['hangs up', /crashed/, /process ended/, 'fs.closeSync(4); process.exit(0);'],
  ['ends as if its memory were full', /crashed|out-of-memory/, /./, 'process.exit(71);'],
];

const folder = mkdtempSync(join(tmpdir(), 'im2grade-attack-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const programs = await runtimeBundles(ROOT, assignmentOf('conv2d-gemm'));
const sandbox = await findSandbox(ROOT);
const tiers = [...(sandbox.tier === 'strict' ? [sandbox] : []), reducedSandbox(ROOT)];
const limits = { loadSeconds: 1, callSeconds: 1, memoryMiB: 256 };
const gemm = { kind: 'wasm', files: [] } as const;
const MEMORY_BYTES = 256 * 2 ** 20;

const settingsOf = (where: (typeof tiers)[number]) => ({ sandbox: where, programs, limits, gemm });

/** A session with this bootstrap, in which one call is made after it has been opened. */
async function faultOf(where: (typeof tiers)[number], bootstrap: string): Promise<SubmissionFault> {
  try {
    const settings = { ...settingsOf(where), programs: { ...programs, bootstrap } };
    const session = await ChildSession.open(settings, new Uint8Array(8));
    await session.call({ name: 'f', options: {}, inputs: [], outputs: [] });
  } catch (fault) {
    return fault as SubmissionFault;
  }
  throw new Error('it was believed');
}

describe.each(tiers.map((where) => [where.tier, where] as const))(
  'over its pipes, in the %s tier, no submission is believed that',
  (tier, where) => {
    test.each(attacks)('%s', async (does, kind, message, script) => {
      const bootstrap = join(folder, `${tier}-${does.replaceAll(' ', '-')}.cjs`);
      writeFileSync(bootstrap, TAKEN_OVER + script);
      chmodSync(bootstrap, 0o644);
      const before = process.memoryUsage().rss;
      const fault = await faultOf(where, bootstrap);
      expect(fault.kind).toMatch(kind);
      expect(fault.message).toMatch(message);
      expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY_BYTES);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    test('and the next submission runs as usual', async () => {
      const bundle = 'var submission = { entry: { f: ({ outputs }) => { outputs[0][0] = 7; } }, useRuntime() {} };';
      const session = await ChildSession.open(settingsOf(where), new TextEncoder().encode(bundle));
      const call = { name: 'f', options: {}, inputs: [], outputs: [{ dtype: 'float64' as const, length: 1 }] };
      expect([...(await session.call(call)).outputs[0]]).toEqual([7]);
      session.close();
    });
  },
);
