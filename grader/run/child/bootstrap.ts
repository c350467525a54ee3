import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createSharedMemory, FIRST_FREE_BYTE, type GemmKind } from '@im2grade/nn/run';
import {
  ARENA_BYTES,
  bodyBytes,
  encodeHeader,
  FLAG_ACKNOWLEDGE,
  FRAME,
  type Header,
  type PutText,
} from '../protocol.ts';
import { FrameReader } from '../FrameReader.ts';
import { STATE } from './control.ts';
import { type MemberFault, Members } from './Members.ts';

/**
 * The trusted main thread of a submission's process: it owns the two pipes, copies frames into the arena, wakes the
 * members' jails and copies the arrays back. Student code runs in the jails' realms only; here is none of it.
 */
const FROM_GRADER = 3;
const TO_GRADER = 4;

const [, , jailScript, memoryMiB, gemm] = process.argv;
const memory = createSharedMemory(ARENA_BYTES);
const arena = new Uint8Array(memory.buffer, FIRST_FREE_BYTE, ARENA_BYTES);

function send(header: Header, type: number, text: Uint8Array, body: Uint8Array): void {
  writeAll(encodeHeader(type, header.sequence, header.nonce, text.length, body.length));
  writeAll(text);
  writeAll(body);
}

function writeAll(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(TO_GRADER, bytes, at);
}

const NOTHING = new Uint8Array(0);

const sendFault = (header: Header, fault: MemberFault): void =>
  send(header, FRAME.fault, new TextEncoder().encode(JSON.stringify(fault)), NOTHING);

let members: Members;

async function loadBundle(header: Header, bundle: Uint8Array<SharedArrayBuffer>): Promise<void> {
  members = new Members({
    jailScript,
    memoryMiB: Number(memoryMiB),
    gemm: gemm as GemmKind,
    memory,
    bundle: bundle.buffer,
  });
  const fault = await members.load(1);
  if (fault) sendFault(header, fault);
  else send(header, FRAME.ready, NOTHING, NOTHING);
}

let put: PutText;

async function prepare(header: Header, text: Uint8Array): Promise<void> {
  put = JSON.parse(new TextDecoder().decode(text)) as PutText;
  const fault = (await members.load(put.team)) ?? (await members.command(put.team, STATE.prepare, text));
  if (fault) sendFault(header, fault);
  else if (header.flags & FLAG_ACKNOWLEDGE) send(header, FRAME.stored, NOTHING, NOTHING);
}

async function perform(header: Header): Promise<void> {
  const fault = await members.call(put.team, put.seconds);
  if (fault) return sendFault(header, fault);
  const inputs = bodyBytes(put.inputs);
  const end = inputs + bodyBytes(put.outputs);
  send(header, FRAME.result, members.textOfFirst(), arena.subarray(put.returnInputs ? 0 : inputs, end));
}

async function handle(header: Header, text: Uint8Array, body: Uint8Array): Promise<void> {
  if (header.type === FRAME.load) return loadBundle(header, body as Uint8Array<SharedArrayBuffer>);
  if (header.type === FRAME.put) return prepare(header, text);
  if (header.type === FRAME.go) return perform(header);
  throw new Error(`unknown frame ${header.type}`);
}

/** Frames are handled one after another; arrays land in the arena as they arrive. */
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
