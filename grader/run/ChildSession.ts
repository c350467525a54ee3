import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Socket } from 'node:net';
import { sandboxFailure, SandboxFailure } from '../isolation/SandboxFailure.ts';
import { secondsWaited } from '../host/secondsWaited.ts';
import {
  type Call,
  type CallResult,
  type HeapRecord,
  type Session,
  SubmissionFault,
  type Values,
} from '../model/examination.ts';
import { exitFault, type Fault, lateFault, outOfMemory, reportedFault } from './childFaults.ts';
import { Deadline } from './Deadline.ts';
import { messageOf } from './messageOf.ts';
import { FrameReader, type FrameTarget } from './FrameReader.ts';
import {
  bodyBytes,
  dtypeOf,
  encodeHeader,
  FRAME,
  type Header,
  layOut,
  MAX_TEXT_BYTES,
  NONCE_BYTES,
  paddedBytes,
} from './protocol.ts';
import { type Limits, type SessionSettings, startChild } from './startChild.ts';

const NOTHING = new Uint8Array(0);

/** Bytes of stdout and stderr together after which the process is killed. */
const MAX_LOG_BYTES = 1024 * 1024;
/**
 * A team's process has a deadline of its own and reports which members did not end; this one applies if it reports
 * nothing.
 */
const TEAM_GRACE = 1.5;

/** A recorded call may take this many times as long: most of its time is the grader's, and more with each member. */
const RECORDING_PATIENCE = 10;

/** The expected frame, and the process's own time until it must have arrived. */
interface Expectation {
  readonly type: number;
  /** The only body length that is accepted. */
  readonly body: number;
  /** For messages. */
  readonly what: string;
  readonly seconds: number;
  /** Threads that compute at a time. */
  readonly threads: number;
}

interface Answer {
  readonly target: FrameTarget;
  readonly arrivedAt: number;
  /** The process's own time until the answer. */
  readonly ownSeconds: number;
}

interface Awaited {
  readonly type: number;
  readonly sequence: number;
  /** The only body length that is accepted. */
  readonly body: number;
  readonly resolve: (frame: Omit<Answer, 'ownSeconds'>) => void;
  readonly reject: (fault: Fault) => void;
}

/**
 * One process that knows one bundle, and the grader's end of its two pipes.
 *
 * The host accepts only the one frame that it awaits (type, sequence, nonce, exact length); anything else kills the
 * process. Time is measured here, from waking the submission to the header of its answer.
 */
export class ChildSession implements Session {
  readonly #child: ChildProcess;
  readonly #limits: Limits;
  readonly #nonce = new Uint8Array(randomBytes(NONCE_BYTES));
  #sequence = 0;
  #awaited: Awaited | undefined;
  #ended: Fault | undefined;
  #isReady = false;
  #logBytes = 0;
  #log = '';
  #pieceAt = 0;
  #headerAt = 0;

  private constructor(settings: SessionSettings) {
    this.#limits = settings.limits;
    this.#child = startChild(settings, () => this.#end(outOfMemory(this.#limits.memoryMiB)));
    const reader = new FrameReader(
      (header) => this.#announce(header),
      (header, target) => this.#deliver(header, target),
    );
    const answers = this.#child.stdio[4] as Socket;
    answers.on('data', (piece: Uint8Array) => this.#read(reader, piece));
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.on('data', (piece: Buffer) => this.#keepLog(piece));
    for (const stream of this.#child.stdio) stream?.on('error', () => {});
    this.#child.on('error', (error) => this.#end(new SandboxFailure(error.message)));
    // Not at `exit`: its last output may still be in the pipe then.
    this.#child.on('close', (code, signal) => {
      const failure = this.#isReady ? undefined : sandboxFailure(this.#log);
      this.#end(failure ?? exitFault({ code, signal, log: this.#log }, this.#limits.memoryMiB));
    });
  }

  /**
   * Starts a process and loads a bundle into it.
   *
   * @throws SubmissionFault if the bundle throws, hangs or crashes at load, MachineFault if it was never loaded
   */
  static async open(settings: SessionSettings, bundle: Uint8Array): Promise<ChildSession> {
    const session = new ChildSession(settings);
    try {
      const { loadSeconds } = settings.limits;
      const ready = session.#expect({
        type: FRAME.ready,
        body: 0,
        what: 'loading',
        seconds: loadSeconds,
        threads: 1,
      });
      session.#send(FRAME.load, NOTHING, [bundle], bundle.length);
      await ready;
      session.#isReady = true;
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  async call(call: Call): Promise<CallResult> {
    const patience = call.recordsWriters === undefined ? 1 : RECORDING_PATIENCE;
    const seconds = patience * (call.deadlineSeconds ?? this.#limits.callSeconds);
    const { text, team: threads, sent, sentBytes, back } = messageOf(call, seconds);
    const what = call.name;
    if (call.isTimed) {
      const { loadSeconds } = this.#limits;
      const prepared = this.#expect({ type: FRAME.prepared, body: 0, what, seconds: loadSeconds, threads });
      this.#send(FRAME.prepare, text, sent, sentBytes);
      await prepared;
    }
    const answer = this.#expect({
      type: FRAME.result,
      body: bodyBytes(back.inputs) + bodyBytes(back.outputs),
      what,
      seconds: threads > 1 ? TEAM_GRACE * seconds : seconds,
      threads,
    });
    const waitedBefore = call.isTimed ? secondsWaited() : undefined;
    const startedAt = performance.now();
    if (call.isTimed) this.#send(FRAME.go, NOTHING, [], 0);
    else this.#send(FRAME.call, text, sent, sentBytes);
    const { target, arrivedAt, ownSeconds } = await answer;
    const { inputs, outputs } = layOut(back, target.body.buffer);
    return {
      inputs,
      outputs: outputs.slice(0, call.outputs.length),
      heap: heapRecordOf(outputs.slice(call.outputs.length)),
      text: target.text.length > 0 ? new TextDecoder().decode(target.text) : undefined,
      seconds: (arrivedAt - startedAt) / 1000,
      ownSeconds,
      waitedSeconds: waitedBefore === undefined ? undefined : secondsWaited()! - waitedBefore,
    };
  }

  close(): void {
    this.#end(new SubmissionFault('crashed', 'the session was closed'));
  }

  #send(type: number, text: Uint8Array, arrays: Call['inputs'], body: number): void {
    const pipe = this.#child.stdio[3] as Socket;
    if (this.#ended) return;
    const parts = [encodeHeader(type, this.#sequence, this.#nonce, text.length, body), text];
    for (const array of arrays) {
      const padding = type === FRAME.load ? 0 : paddedBytes(dtypeOf(array), array.length) - array.byteLength;
      parts.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), new Uint8Array(padding));
    }
    // A copy: the pipe may still be writing when the caller reuses its arrays.
    pipe.write(Buffer.concat(parts));
  }

  #expect({ type, body, what, seconds, threads }: Expectation): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const deadline = new Deadline(this.#child.pid ?? 0, {
        seconds,
        threads,
        onPassed: (how) => this.#end(lateFault(how, what, seconds)),
      });
      const settle = (): number => {
        this.#awaited = undefined;
        return deadline.stop();
      };
      this.#awaited = {
        type,
        sequence: ++this.#sequence,
        body,
        resolve: (frame) => resolve({ ...frame, ownSeconds: settle() }),
        reject: (fault) => {
          settle();
          reject(fault);
        },
      };
    });
  }

  #read(reader: FrameReader, piece: Uint8Array): void {
    this.#pieceAt = performance.now();
    try {
      if (!this.#ended) reader.push(piece);
    } catch (error) {
      this.#end(
        error instanceof SubmissionFault
          ? error
          : new SubmissionFault('protocol', 'the process sent a frame that cannot be read'),
      );
    }
  }

  #announce(header: Header): FrameTarget {
    this.#headerAt = this.#pieceAt;
    const awaited = this.#awaited;
    const isFault = header.type === FRAME.fault;
    const fits =
      awaited !== undefined &&
      header.sequence === awaited.sequence &&
      Buffer.compare(header.nonce, this.#nonce) === 0 &&
      (isFault ? header.bodyBytes === 0 : header.type === awaited.type && header.bodyBytes === awaited.body) &&
      header.textBytes <= MAX_TEXT_BYTES;
    if (!fits) throw new SubmissionFault('protocol', 'the process sent a frame that was not requested');
    return { text: new Uint8Array(header.textBytes), body: new Uint8Array(header.bodyBytes) };
  }

  #deliver(header: Header, target: FrameTarget): void {
    if (header.type !== FRAME.fault) return this.#awaited!.resolve({ target, arrivedAt: this.#headerAt });
    const fault = reportedFault(target.text);
    if (fault.kind === 'timed-out') return this.#end(fault);
    this.#awaited!.reject(fault);
  }

  #keepLog(piece: Buffer): void {
    this.#logBytes += piece.length;
    if (this.#log.length < 4096) this.#log += piece.toString('latin1');
    if (this.#logBytes > MAX_LOG_BYTES)
      this.#end(new SubmissionFault('protocol', `more than ${MAX_LOG_BYTES} bytes were printed`));
  }

  #end(fault: Fault): void {
    if (this.#ended) return;
    this.#ended = fault;
    this.#child.kill('SIGKILL');
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#awaited?.reject(fault);
  }
}

/** Undefined if no call has asked for it. */
const heapRecordOf = ([numbers, writers]: readonly Values[]): HeapRecord | undefined =>
  numbers && { numbers: numbers as Float64Array, writers: writers as Uint8Array };
