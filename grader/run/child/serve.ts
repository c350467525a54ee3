import {
  type Backend,
  createTeam,
  type Member,
  RacingWrites,
  type SymmetricHeap,
  TeamEnded,
  UnequalBarriers,
} from '@im2grade/engine/realm';
import type { Values } from '../../model/examination.ts';
import { bodyBytes, type CallText, layOut, viewsOf } from '../protocol.ts';
import { recordedPart, turnsOf } from './heapRecord.ts';
import { keepApart } from './keepApart.ts';
import { placesOf } from './places.ts';
import { recordWriters, type WriterRecord } from './recordWriters.ts';
import { CONTROL, FAULT, MAX_TEXT_UNITS, type RealmData, STATE, TEXT_OFFSET } from './control.ts';

/**
 * Serves the calls of one member in the realm in which student code lives.
 *
 * No code of a submission may run before a timed call begins or after it has returned. The loop never returns to an
 * event loop, so no timer, promise job or callback can run. But everything here uses prototypes and globals that a
 * submission may have changed. Therefore `prepare`, `perform` and `answer`, and everything that they call, follow these
 * rules:
 *
 * - functions and constructors are captured when the script is loaded, and called directly or with `apply`;
 * - only own properties are read: if an object may lack one, its prototype is null;
 * - no element or property that does not exist yet is assigned, since a prototype may have a setter for it;
 * - arrays are neither destructured, spread nor iterated over, as that reads the iterator from a prototype.
 *
 * Only thrown values are described with the help of their own getters: a call that fails gains nothing by them.
 */

// Captured before any student code runs.
const { wait, load, store, notify } = Atomics;
const { parse } = JSON;
const { apply, setPrototypeOf } = Reflect;
const { fill } = Float64Array.prototype;
const { fromCharCode } = String;
const { charCodeAt } = String.prototype;
const { toString } = Object.prototype;
const OwnBuffer = ArrayBuffer;

type EntryCall = { options: unknown; inputs: Values[]; outputs: Values[]; team: Member['team'] };
type EntryFunction = (call: EntryCall) => unknown;
type Prepared = {
  name: string;
  call: EntryCall;
  member: Member;
  isStraggler: boolean;
  record: WriterRecord | undefined;
};

/**
 * The interface of a bundle: the assignment's functions, and functions that set the backend and heap of its library.
 */
interface Submission {
  readonly entry: Record<string, EntryFunction>;
  readonly useRuntime: (runtime: {
    readonly backend: Backend;
    readonly allocate: (real: Float64ArrayConstructor, length: number) => unknown;
  }) => void;
}
export type Bundle = () => Submission;

/** The backend and the heap of the submission's library. */
export interface Means {
  readonly arena: ArrayBufferLike;
  readonly heap: SymmetricHeap;
  readonly backend: Backend;
  readonly firstByte: number;
}

export function serve(data: RealmData, means: Means, bundle: Bundle | string): never {
  const control = new Int32Array(data.control, 0, CONTROL.words);
  const handle = handlerOf(data, means, bundle);
  for (;;) {
    const state = load(control, CONTROL.state);
    if (!handle(state)) wait(control, CONTROL.state, state);
  }
}

/**
 * One step of a member.
 *
 * @returns false if the state asks for nothing
 */
export type Handler = (state: number) => boolean;

/** Makes the function that does what a state of the control block asks for, and answers there. */
export function handlerOf(data: RealmData, means: Means, bundle: Bundle | string): Handler {
  const { team: teamMemory, rank } = data;
  const { arena, heap, backend, firstByte } = means;
  const control = new Int32Array(data.control, 0, CONTROL.words);
  const units = new Uint16Array(data.control, TEXT_OFFSET, MAX_TEXT_UNITS);
  /** Of the prepared call. */
  let teamSize = 1;

  function readText(): string {
    const length = load(control, CONTROL.textLength);
    let text = '';
    for (let i = 0; i < length; i++) text += fromCharCode(units[i]);
    return text;
  }

  function answer(state: number, text: string): void {
    const length = text.length < MAX_TEXT_UNITS ? text.length : MAX_TEXT_UNITS;
    for (let i = 0; i < length; i++) units[i] = apply(charCodeAt, text, [i]);
    store(control, CONTROL.textLength, length);
    store(control, CONTROL.state, state);
    notify(control, CONTROL.state);
  }

  /** @param places - of the exception, as `placesOf` gives them */
  const answerThrew = (message: string, places = ''): void => answerFault(FAULT.threw, `${places}\n${message}`);

  function answerFault(kind: number, message: string): void {
    store(control, CONTROL.faultKind, kind);
    answer(STATE.fault, message);
  }

  /** Describes any thrown value without trusting it: getters and proxies may throw again. */
  function answerThrown(thrown: unknown): void {
    try {
      if (thrown instanceof UnequalBarriers) return answerFault(FAULT.unequalBarriers, thrown.message);
      if (thrown instanceof RacingWrites) return answerFault(FAULT.racingWrites, thrown.message);
      if (thrown instanceof TeamEnded) return answerThrew('ended by another member');
      const { name, message } = thrown as Error;
      const isStub = name === 'NotImplementedError';
      if (isStub) answerFault(FAULT.notImplemented, `${message}`);
      else answerThrew(`${name}: ${message}`, placesOf(thrown));
    } catch {
      answerThrew('an exception that cannot be printed');
    }
  }

  function loadBundle(run: Bundle): Record<string, EntryFunction> {
    const { entry, useRuntime } = run();
    useRuntime({ backend, allocate: (real, length) => heap.allocate(real, length, teamSize) });
    return entry;
  }

  /**
   * Everything that a call needs and that must not count as the student's time: makes views, zeroes or spoils outputs.
   */
  function prepare(): Prepared {
    const asked = parse(readText()) as CallText;
    // Options that were not given are not in the text.
    setPrototypeOf(asked, null);
    const { straggler, inTurns, isApart } = asked;
    const { inputs, outputs: shared } = layOut(asked, arena, firstByte);
    const end = firstByte + bodyBytes(asked.inputs) + bodyBytes(asked.outputs);
    const pending = viewsOf(isApart ? asked.outputs : [], arena, end);
    // The first member prepares what all share.
    if (rank === 0) {
      fillOutputs(asked, shared);
      fillOutputs(asked, pending);
    }
    const outputs = isApart ? ownOutputs(asked) : shared;
    const ownArrays = isApart ? keepApart(outputs, shared, pending) : undefined;
    const record = asked.recordedNumbers > 0 ? recordOf(asked) : undefined;
    const member = createTeam(teamMemory, rank, asked.team, { straggler, inTurns, ownArrays, turnWatcher: record });
    teamSize = asked.team;
    heap.reset(isApart ? end + bodyBytes(asked.outputs) : end, rank === 0);
    const call = { options: asked.options, inputs, outputs, team: member.team };
    return { name: asked.name, call, member, isStraggler: straggler === rank, record };
  }

  const recordOf = (asked: CallText): WriterRecord =>
    recordWriters(recordedPart(asked, arena), turnsOf(rank, asked, arena));

  function perform(entry: Record<string, EntryFunction>, prepared: Prepared): void {
    const { name, call, member, isStraggler, record } = prepared;
    let returned: unknown;
    try {
      if (isStraggler) member.lagBehind();
      member.takeTurn();
      returned = entry[name](call);
      if (!record) member.leave();
      else {
        member.join();
        record.report();
      }
    } catch (thrown) {
      member.fail();
      return answerThrown(thrown);
    }
    if (returned === undefined) return answer(STATE.done, '');
    if (typeof returned !== 'string') return answerFault(FAULT.returnedSomething, describeReturned(returned));
    if (returned.length > MAX_TEXT_UNITS)
      return answerFault(FAULT.returnedSomething, `text of ${returned.length} characters`);
    return answer(STATE.done, returned);
  }

  let entry: Record<string, EntryFunction> = {};
  let prepared: Prepared | undefined;

  function answerLoad(): void {
    if (typeof bundle === 'string') return answerThrew(bundle);
    entry = loadBundle(bundle);
    answer(STATE.done, '');
  }

  function answerPrepare(): void {
    prepared = prepare();
    answer(STATE.done, '');
  }

  return (state) => {
    try {
      if (state === STATE.load) answerLoad();
      else if (state === STATE.prepare) answerPrepare();
      else if (state === STATE.call) perform(entry, prepared!);
      else if (state === STATE.whole) perform(entry, prepare());
      else return false;
    } catch (thrown) {
      answerThrown(thrown);
    }
    return true;
  };
}

/** Outputs of one member alone, with what the shared ones hold at first. */
function ownOutputs(asked: CallText): Values[] {
  const outputs = viewsOf(asked.outputs, new OwnBuffer(bodyBytes(asked.outputs)), 0);
  fillOutputs(asked, outputs);
  return outputs;
}

function fillOutputs(asked: CallText, outputs: Values[]): void {
  for (let i = 0; i < outputs.length; i++) {
    const { dtype, fill: how } = asked.outputs[i];
    const garbage = dtype === 'float64' || dtype === 'float32' ? NaN : 85;
    apply(fill, outputs[i], [how === 'garbage' ? garbage : 0]);
  }
}

function describeReturned(returned: unknown): string {
  try {
    const tag = `${apply(toString, returned, [])}`.slice(8, -1);
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
