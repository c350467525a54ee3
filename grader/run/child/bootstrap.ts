import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { FaultKind } from '../../model/examination.ts';
import {
  ARENA_BYTES,
  bodyBytes,
  encodeHeader,
  FLAG_ACKNOWLEDGE,
  FRAME,
  MAX_TEXT_BYTES,
  type Header,
  type PutText,
} from '../protocol.ts';
import { FrameReader } from '../FrameReader.ts';
import { CONTROL, FAULT, STATE, TEXT_OFFSET, type JailData } from './control.ts';

/**
 * The trusted main thread of a submission's process: it owns the two pipes, copies frames into the arena, wakes the jail
 * and copies the arrays back. Student code runs in the jail's realm only; here is none of it.
 */
const FROM_GRADER = 3;
const TO_GRADER = 4;

const controlBuffer = new SharedArrayBuffer(TEXT_OFFSET + MAX_TEXT_BYTES);
const control = new Int32Array(controlBuffer);
const jailText = new Uint8Array(controlBuffer, TEXT_OFFSET);
const arena = new SharedArrayBuffer(ARENA_BYTES);
const arenaBytes = new Uint8Array(arena);

const FAULT_KIND: Record<number, FaultKind> = {
  [FAULT.notImplemented]: 'not-implemented',
  [FAULT.threw]: 'threw',
  [FAULT.returnedSomething]: 'returned-something',
};

function send(header: Header, type: number, text: Uint8Array, body: Uint8Array): void {
  writeAll(encodeHeader(type, header.sequence, header.nonce, text.length, body.length));
  writeAll(text);
  writeAll(body);
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(TO_GRADER, bytes, at);
}

const NOTHING = new Uint8Array(0);

/** Text that the jail left beside the control words. */
const textFromJail = (): Uint8Array =>
  jailText.slice(0, Math.min(MAX_TEXT_BYTES, Atomics.load(control, CONTROL.textBytes)));

/** Wakes the jail and waits without blocking, so that a jail that dies (out of memory) is noticed here. */
async function command(state: number): Promise<boolean> {
  Atomics.store(control, CONTROL.state, state);
  Atomics.notify(control, CONTROL.state);
  for (;;) {
    const now = Atomics.load(control, CONTROL.state);
    if (now === STATE.done) return true;
    if (now === STATE.fault) return false;
    const waiting = Atomics.waitAsync(control, CONTROL.state, now);
    if (waiting.async) await waiting.value;
  }
}

function sendFault(header: Header): void {
  const kind = FAULT_KIND[Atomics.load(control, CONTROL.faultKind)] ?? 'threw';
  const message = new TextDecoder().decode(textFromJail());
  send(header, FRAME.fault, new TextEncoder().encode(JSON.stringify({ kind, message })), NOTHING);
}

async function loadBundle(header: Header): Promise<void> {
  Atomics.store(control, CONTROL.textBytes, header.bodyBytes);
  if (await command(STATE.load)) send(header, FRAME.ready, NOTHING, NOTHING);
  else sendFault(header);
}

let put: PutText;

async function prepare(header: Header, text: Uint8Array): Promise<void> {
  put = JSON.parse(new TextDecoder().decode(text)) as PutText;
  jailText.set(text);
  Atomics.store(control, CONTROL.textBytes, text.length);
  if (!(await command(STATE.prepare))) sendFault(header);
  else if (header.flags & FLAG_ACKNOWLEDGE) send(header, FRAME.stored, NOTHING, NOTHING);
}

async function perform(header: Header): Promise<void> {
  if (!(await command(STATE.call))) return sendFault(header);
  const inputs = bodyBytes(put.inputs);
  const end = inputs + bodyBytes(put.outputs);
  send(header, FRAME.result, textFromJail(), arenaBytes.subarray(put.returnInputs ? 0 : inputs, end));
}

async function handle(header: Header, text: Uint8Array): Promise<void> {
  if (header.type === FRAME.load) return loadBundle(header);
  if (header.type === FRAME.put) return prepare(header, text);
  if (header.type === FRAME.go) return perform(header);
  throw new Error(`unknown frame ${header.type}`);
}

/** Frames are handled one after another; a body lands in the arena as it arrives. */
function receive(socket: Socket): void {
  let queue = Promise.resolve();
  const reader = new FrameReader(
    ({ textBytes, bodyBytes: length }) => ({ text: new Uint8Array(textBytes), body: arenaBytes.subarray(0, length) }),
    (header, { text }) => void (queue = queue.then(() => handle(header, text))),
  );
  socket.on('data', (piece) => reader.push(piece as Uint8Array));
  socket.on('end', () => process.exit(0));
}

const jail = new Worker(process.argv[2], {
  workerData: { control: controlBuffer, arena } satisfies JailData,
  env: {},
  stdin: false,
  resourceLimits: { maxOldGenerationSizeMb: Number(process.argv[3]), stackSizeMb: 4 },
});
jail.on('error', (error: NodeJS.ErrnoException) => {
  process.exitCode = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 137 : 70;
  process.exit();
});
receive(new Socket({ fd: FROM_GRADER, readable: true, writable: false }));
