import { writeSync } from 'node:fs';
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
  paddedBytes,
  recordedArrays,
  returnedOutputs,
  type UnseenText,
  viewsOf,
} from '../protocol.ts';
import type { OutputSample, Values } from '../../model/examination.ts';
import { fillRandom, randomIndices } from '../fillRandom.ts';
import { lastWriters, recordedPart } from './heapRecord.ts';
import { type Frame, readFrame } from './readFrame.ts';
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

/** What the members are prepared for, and what of its outputs is returned. */
let call: CallText;
let sample: OutputSample | undefined;

async function prepare(header: Header, text: string): Promise<void> {
  const [described, unseen] = text.split('\n');
  call = JSON.parse(described) as CallText;
  const { randomInputs, returned } = JSON.parse(unseen) as UnseenText;
  fillInputs(randomInputs);
  sample = returned;
  const fault = await members.prepare(call.team, described);
  if (fault) sendFault(header, fault);
  else send(header, FRAME.prepared, NOTHING, NOTHING);
}

/** Moves the inputs that were sent, one after another, to where they belong, and makes those between them. */
function fillInputs(randomInputs: UnseenText['randomInputs']): void {
  const { inputs } = call;
  let end = bodyBytes(inputs);
  let sentEnd = bodyBytes(inputs.filter((_, i) => randomInputs[i] === undefined));
  for (let i = inputs.length - 1; i >= 0; i--) {
    const begin = end - paddedBytes(inputs[i].dtype, inputs[i].length);
    if (randomInputs[i]) fillRandom(arena.subarray(begin, end), randomInputs[i]);
    else {
      arena.copyWithin(begin, sentEnd - (end - begin), sentEnd);
      sentEnd -= end - begin;
    }
    end = begin;
  }
}

async function perform(header: Header): Promise<void> {
  const text = textOf(header, await members.call(call.team, call.seconds));
  if (!text) return;
  const outputs = bodyBytes([...returnedOutputs(call.outputs, sample), ...recordedArrays(call)]);
  const body = outputs + (call.returnInputs ? bodyBytes(call.inputs) : 0);
  // The clock stops at the header: elements are picked after it is written.
  writeAll(encodeHeader(FRAME.result, header.sequence, header.nonce, text.length, body));
  writeAll(text);
  resultParts().forEach(writeAll);
  recordedParts().forEach(writeAll);
}

async function prepareAndPerform(header: Header, text: string): Promise<void> {
  call = JSON.parse(text) as CallText;
  sample = undefined;
  const answer = textOf(header, await members.prepareAndCall(call.team, call.seconds, text));
  if (answer) send(header, FRAME.result, answer, resultParts()[0]);
}

/** What the first member's function returned; nothing after a fault, which is reported. */
function textOf(header: Header, fault: WorkerFault | undefined): Uint8Array | undefined {
  const text = new TextEncoder().encode(fault ? '' : members.textOfFirst());
  const tooLong = text.length > MAX_TEXT_BYTES;
  const reported =
    fault ?? (tooLong ? { kind: 'returned-something' as const, message: `text of ${text.length} bytes` } : undefined);
  if (!reported) return text;
  sendFault(header, reported);
  return undefined;
}

/** The inputs if they are asked for, and the outputs: whole, or the elements that are looked at. */
function resultParts(): Uint8Array[] {
  const inputs = bodyBytes(call.inputs);
  const begin = call.returnInputs ? 0 : inputs;
  if (!sample) return [arena.subarray(begin, inputs + bodyBytes(call.outputs))];
  return [
    arena.subarray(begin, inputs),
    picked(sample, viewsOf(call.outputs, memory.buffer, FIRST_FREE_BYTE + inputs)),
  ];
}

/** The numbers of the heap that were recorded, and who wrote them. */
function recordedParts(): Uint8Array[] {
  const described = recordedArrays(call);
  const bytes = new Uint8Array(bodyBytes(described));
  if (described.length === 0) return [];
  const [numbers, writers] = viewsOf(described, bytes.buffer, 0);
  numbers.set(recordedPart(call, memory.buffer));
  writers.set(lastWriters(call, memory.buffer));
  return [bytes];
}

/** The elements of each output that the sample is about. */
function picked({ seed, most }: OutputSample, outputs: readonly Values[]): Uint8Array {
  const described = returnedOutputs(call.outputs, { seed, most });
  const bytes = new Uint8Array(bodyBytes(described));
  viewsOf(described, bytes.buffer, 0).forEach((picks, i) => {
    if (picks.length === outputs[i].length) return picks.set(outputs[i]);
    randomIndices(`${seed} ${i}`, picks.length, outputs[i].length).forEach(
      (index, k) => (picks[k] = outputs[i][index]),
    );
  });
  return bytes;
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

async function handle({ header, text, body }: Frame): Promise<void> {
  if (header.type === FRAME.load) return loadBundle(header, body as Uint8Array<SharedArrayBuffer>);
  if (header.type === FRAME.call) bePatient();
  if (header.type === FRAME.call) return prepareAndPerform(header, decode(text));
  if (header.type === FRAME.prepare) return prepare(header, decode(text));
  if (header.type === FRAME.go) return perform(header);
  throw new Error(`unknown frame ${header.type}`);
}

const bodyFor = ({ type, bodyBytes: length }: Header): Uint8Array =>
  type === FRAME.load ? new Uint8Array(new SharedArrayBuffer(length)) : arena.subarray(0, length);

async function serve(): Promise<never> {
  for (;;) {
    const frame = readFrame(FROM_GRADER, bodyFor);
    if (!frame) process.exit(0);
    await handle(frame);
  }
}

void serve();
