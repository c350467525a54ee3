import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { createSharedMemory, FIRST_FREE_BYTE, type GemmKind } from '@im2grade/engine/run';
import {
  ARENA_BYTES,
  bodyBytes,
  type CallText,
  encodeHeader,
  FRAME,
  type Header,
  MAX_TEXT_BYTES,
} from '../protocol.ts';
import { FrameReader } from '../FrameReader.ts';
import { type WorkerFault, WorkerPool } from './WorkerPool.ts';

/**
 * The trusted main thread of a submission's process: it owns the two pipes, copies frames into the arena, wakes the
 * members' jails and copies the arrays back. Student code runs only in the jails' realms, never here.
 */
const FROM_GRADER = 3;
const TO_GRADER = 4;

const [, , jailScript, realmScript, memoryMiB, gemm] = process.argv;
const memory = createSharedMemory(ARENA_BYTES);
const arena = new Uint8Array(memory.buffer, FIRST_FREE_BYTE, ARENA_BYTES);

/** Frames of up to this size are copied and written at once: each write wakes the grader, which takes longer. */
const SMALL_BYTES = 64 * 1024;

function send(header: Header, type: number, text: Uint8Array, body: Uint8Array): void {
  const parts = [encodeHeader(type, header.sequence, header.nonce, text.length, body.length), text, body];
  if (text.length + body.length <= SMALL_BYTES) writeAll(Buffer.concat(parts));
  else parts.forEach(writeAll);
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(TO_GRADER, bytes, at);
}

const NOTHING = new Uint8Array(0);

const sendFault = (header: Header, fault: WorkerFault): void =>
  send(header, FRAME.fault, new TextEncoder().encode(JSON.stringify(fault)), NOTHING);

let members: WorkerPool;

async function loadBundle(header: Header, bundle: Uint8Array<SharedArrayBuffer>): Promise<void> {
  members = new WorkerPool({
    jailScript,
    realmScript,
    memoryMiB: Number(memoryMiB),
    gemm: gemm as GemmKind,
    memory,
    bundle: bundle.buffer,
  });
  const fault = await members.load(1);
  if (fault) sendFault(header, fault);
  else send(header, FRAME.ready, NOTHING, NOTHING);
}

const decode = (text: Uint8Array): string => new TextDecoder().decode(text);

/** What the members are prepared for. */
let call: CallText;

async function prepare(header: Header, text: string): Promise<void> {
  call = JSON.parse(text) as CallText;
  const fault = await members.prepare(call.team, text);
  if (fault) sendFault(header, fault);
  else send(header, FRAME.prepared, NOTHING, NOTHING);
}

async function perform(header: Header): Promise<void> {
  sendResult(header, await members.call(call.team, call.seconds));
}

async function prepareAndPerform(header: Header, text: string): Promise<void> {
  call = JSON.parse(text) as CallText;
  sendResult(header, await members.prepareAndCall(call.team, call.seconds, text));
}

function sendResult(header: Header, fault: WorkerFault | undefined): void {
  if (fault) return sendFault(header, fault);
  const text = new TextEncoder().encode(members.textOfFirst());
  if (text.length > MAX_TEXT_BYTES)
    return sendFault(header, { kind: 'returned-something', message: `text of ${text.length} bytes` });
  const inputs = bodyBytes(call.inputs);
  const end = inputs + bodyBytes(call.outputs);
  send(header, FRAME.result, text, arena.subarray(call.returnInputs ? 0 : inputs, end));
}

/**
 * A process that is not timed runs small calls for about a second, a fifth of which the optimising compiler would use;
 * so functions have to run 15 times as long as usual before they are optimised. (Of 2.0 CPU seconds of a grading this
 * saves 0.12.)
 */
let isPatient = false;

function bePatient(): void {
  if (!isPatient) setFlagsFromString('--interrupt-budget=1000000');
  isPatient = true;
}

async function handle(header: Header, text: Uint8Array, body: Uint8Array): Promise<void> {
  if (header.type === FRAME.load) return loadBundle(header, body as Uint8Array<SharedArrayBuffer>);
  if (header.type === FRAME.call) bePatient();
  if (header.type === FRAME.call) return prepareAndPerform(header, decode(text));
  if (header.type === FRAME.prepare) return prepare(header, decode(text));
  if (header.type === FRAME.go) return perform(header);
  throw new Error(`unknown frame ${header.type}`);
}

/** Frames are handled one after another; arrays are written to the arena as they arrive. */
function receive(socket: Socket): void {
  let queue = Promise.resolve();
  const reader = new FrameReader(
    ({ type, textBytes, bodyBytes: length }) => ({
      text: new Uint8Array(textBytes),
      body: type === FRAME.load ? new Uint8Array(new SharedArrayBuffer(length)) : arena.subarray(0, length),
    }),
    (header, { text, body }) => void (queue = queue.then(() => handle(header, text, body))),
  );
  socket.on('data', (piece) => reader.push(piece as Uint8Array));
  socket.on('end', () => process.exit(0));
}

receive(new Socket({ fd: FROM_GRADER, readable: true, writable: false }));
