import { Script } from 'node:vm';
import { workerData } from 'node:worker_threads';
import {
  createGemm,
  createTeam,
  FIRST_FREE_BYTE,
  type Member,
  SymmetricHeap,
  TeamEnded,
  UnequalBarriers,
} from '@im2grade/nn/run';
import type { Values } from '../../model/examination.ts';
import { bodyBytes, type CallText, layOut, MAX_TEXT_BYTES } from '../protocol.ts';
import { CONTROL, FAULT, STATE, TEXT_OFFSET, type JailData } from './control.ts';

/**
 * The realm in which student code lives: ECMAScript and nothing else.
 *
 * The loop below never returns to an event loop, so no timer, promise job or callback of a submission can run
 * between two calls, before the clock starts or after it has stopped.
 */

// Taken before any student code runs: what a submission patches later does not reach the jail.
const { wait, load, store, notify } = Atomics;
const { parse } = JSON;
const { apply } = Reflect;
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const { encodeInto, encode } = encoder;
const { decode } = decoder;
const { fill } = Float64Array.prototype;
const Bytes = Uint8Array;

const { control: controlBuffer, bundle, memory, team: teamMemory, rank, gemm } = workerData as JailData;
// The same bytes as ever, however the memory grows.
const arena = memory.buffer;
const heap = new SymmetricHeap(arena);
const backend = createGemm(gemm, memory, arena);
const control = new Int32Array(controlBuffer);
const text = new Uint8Array(controlBuffer, TEXT_OFFSET);

const ECMASCRIPT = new Set<PropertyKey>(
  (
    'globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent ' +
    'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
    'FinalizationRegistry Float32Array Float64Array Function Int8Array Int16Array Int32Array Iterator JSON Map Math Number Object ' +
    'Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError Uint8Array ' +
    'Uint8ClampedArray Uint16Array Uint32Array URIError WeakMap WeakRef WeakSet'
  ).split(' '),
);

/** A private copy, byte by byte: `slice` would ask the (patchable) prototype for a species and show it the original. */
function copyOf(bytes: Uint8Array, length: number): Uint8Array {
  const copy = new Bytes(length);
  for (let i = 0; i < length; i++) copy[i] = bytes[i];
  return copy;
}

type EntryCall = { options: unknown; inputs: Values[]; outputs: Values[]; team: Member['team'] };
type EntryFunction = (call: EntryCall) => unknown;
type Prepared = { name: string; call: EntryCall; member: Member; isLate: boolean };
/** What a bundle leaves: the assignment's functions, and how the library in it is given what it computes with. */
type Submission = {
  entry: Record<string, EntryFunction>;
  useGemmBackend: (chosen: typeof backend) => void;
  useHeap: (allocate: (real: Float64ArrayConstructor, length: number) => unknown) => void;
};

function removeHostGlobals(): void {
  for (const name of Reflect.ownKeys(globalThis)) {
    if (!ECMASCRIPT.has(name)) Reflect.deleteProperty(globalThis, name);
  }
  const quiet = Object.freeze({ log() {}, info() {}, warn() {}, error() {}, debug() {} });
  Object.defineProperty(globalThis, 'console', { value: quiet });
}

function readText(): string {
  return apply(decode, decoder, [copyOf(text, load(control, CONTROL.textBytes))]) as string;
}

function answer(state: number, message: string): void {
  const written = message === '' ? 0 : (apply(encodeInto, encoder, [message, text]) as { written: number }).written;
  store(control, CONTROL.textBytes, written);
  store(control, CONTROL.state, state);
  notify(control, CONTROL.state);
}

function answerFault(kind: number, message: string): void {
  store(control, CONTROL.faultKind, kind);
  answer(STATE.fault, message.length > 4000 ? message.slice(0, 4000) : message);
}

/** Describes anything that was thrown without trusting it: getters and proxies may throw again. */
function answerThrown(thrown: unknown): void {
  try {
    if (thrown instanceof UnequalBarriers) return answerFault(FAULT.unequalBarriers, thrown.message);
    if (thrown instanceof TeamEnded) return answerFault(FAULT.threw, 'ended by another member');
    const { name, message } = thrown as Error;
    answerFault(
      name === 'NotImplementedError' ? FAULT.notImplemented : FAULT.threw,
      name === 'NotImplementedError' ? `${message}` : `${name}: ${message}`,
    );
  } catch {
    answerFault(FAULT.threw, 'an exception that cannot be printed');
  }
}

function describeReturned(returned: unknown): string {
  try {
    const tag = Object.prototype.toString.call(returned).slice(8, -1);
    const length =
      typeof returned === 'object' && returned !== null && 'length' in returned
        ? ` of length ${String(returned.length)}`
        : '';
    return tag === 'Promise'
      ? 'a Promise: the function must do its work before it returns, without async'
      : `${tag}${length}`;
  } catch {
    return 'something that cannot be described';
  }
}

function loadBundle(): Record<string, EntryFunction> {
  const source = apply(decode, decoder, [copyOf(new Bytes(bundle), bundle.byteLength)]) as string;
  // No importModuleDynamically: import() throws.
  new Script(source, { filename: 'submission.js' }).runInThisContext();
  const { entry, useGemmBackend, useHeap } = (globalThis as unknown as { submission: Submission }).submission;
  useGemmBackend(backend);
  useHeap((real, length) => heap.allocate(real, length, teamSize));
  return entry;
}

/** Everything that a call needs and that is not the student's to be timed for: views made, outputs zeroed or spoilt. */
function prepare(): Prepared {
  const asked = parse(readText()) as CallText;
  const { inputs, outputs } = layOut(asked, arena, FIRST_FREE_BYTE);
  const member = createTeam(teamMemory, rank, asked.team, asked.late, asked.inTurns);
  const call = { options: asked.options, inputs, outputs, team: member.team };
  teamSize = asked.team;
  heap.reset(FIRST_FREE_BYTE + bodyBytes(asked.inputs) + bodyBytes(asked.outputs), rank === 0);
  // What all share, one makes ready.
  if (rank === 0) fillOutputs(asked, outputs);
  return { name: asked.name, call, member, isLate: asked.late === rank };
}

function fillOutputs(asked: CallText, outputs: Values[]): void {
  for (let i = 0; i < outputs.length; i++) {
    const { dtype, fill: how } = asked.outputs[i];
    const garbage = dtype === 'float64' || dtype === 'float32' ? NaN : 85;
    apply(fill, outputs[i], [how === 'garbage' ? garbage : 0]);
  }
}

function perform(entry: Record<string, EntryFunction>, { name, call, member, isLate }: Prepared): void {
  let returned: unknown;
  try {
    if (isLate) member.comeLate();
    member.takeTurn();
    returned = entry[name](call);
    member.leave();
  } catch (thrown) {
    member.fail();
    return answerThrown(thrown);
  }
  if (returned === undefined) return answer(STATE.done, '');
  if (typeof returned !== 'string') return answerFault(FAULT.returnedSomething, describeReturned(returned));
  const { length } = apply(encode, encoder, [returned]) as Uint8Array;
  if (length > MAX_TEXT_BYTES) return answerFault(FAULT.returnedSomething, `text of ${length} bytes`);
  return answer(STATE.done, returned);
}

/** Of the call that is prepared. */
let teamSize = 1;

function serve(): never {
  let entry: Record<string, EntryFunction> = {};
  let prepared: Prepared | undefined;
  for (;;) {
    const state = load(control, CONTROL.state);
    try {
      if (state === STATE.load) {
        entry = loadBundle();
        answer(STATE.done, '');
      } else if (state === STATE.prepare) {
        prepared = prepare();
        answer(STATE.done, '');
      } else if (state === STATE.call) {
        perform(entry, prepared!);
      } else if (state === STATE.whole) {
        perform(entry, prepare());
      } else {
        wait(control, CONTROL.state, state);
      }
    } catch (thrown) {
      answerThrown(thrown);
    }
  }
}

removeHostGlobals();
serve();
