import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compileFunction, constants, type Context, createContext } from 'node:vm';
import { createSharedMemory, FIRST_FREE_BYTE, teamMemory } from '@im2grade/engine/run';
import { type Call, type CallResult, type Session, SubmissionFault } from '../../model/examination.ts';
import { ChildSession } from '../../run/ChildSession.ts';
import type { SessionSettings } from '../../run/startChild.ts';
import { CONTROL, controlBlock, FAULT_KINDS, STATE, TEXT_OFFSET, thrownIn } from '../../run/child/control.ts';
import { copyInRealm } from '../../run/child/copyInRealm.ts';
import type { Bundle, Realm } from '../../run/child/realm.ts';
import { describeCall } from '../../run/describeCall.ts';
import { ARENA_BYTES, bodyBytes, layOut } from '../../run/protocol.ts';

/**
 * The results of a team, by program and call: threads take most of the time of an examination, and many mutants are
 * examined with the reference's part in place, which is the same program for all of them.
 */
const resultsOfTeams = new Map<string, { readonly by: symbol; readonly result: CallResult }>();

/**
 * A bundle of our own in this very process: a call takes microseconds instead of half a millisecond. The realm and the
 * code that serves calls in it are those of a submission's process. A call that is timed or needs a team is made in
 * such a process.
 *
 * Nothing here ends an endless loop.
 */
export class InProcessSession implements Session {
  readonly #settings: SessionSettings;
  readonly #bundle: Uint8Array;
  readonly #bundleDigest: Uint8Array;
  readonly #memory = createSharedMemory(ARENA_BYTES);
  readonly #control = controlBlock();
  readonly #words = new Int32Array(this.#control, 0, CONTROL.words);
  readonly #text = new Uint16Array(this.#control, TEXT_OFFSET);
  readonly #handle: (state: number) => boolean;
  readonly #id = Symbol();
  #process: Promise<ChildSession> | undefined;

  constructor(settings: SessionSettings, bundle: Uint8Array) {
    this.#settings = settings;
    this.#bundle = bundle;
    this.#bundleDigest = createHash('sha256').update(bundle).digest();
    const context = createContext(constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: true } });
    const realm = compileIn(context, readFileSync(settings.programs.realm, 'utf8'), 'realm')() as Realm;
    const data = { control: this.#control, memory: this.#memory, team: teamMemory(1), rank: 0, gemm: 'wasm' } as const;
    const submission = compileIn(context, new TextDecoder().decode(bundle), 'submission') as Bundle;
    this.#handle = realm.handlerIn(copyInRealm(context, data), submission);
    this.#do(STATE.load);
  }

  async call(call: Call): Promise<CallResult> {
    if (call.isTimed) return this.#callInProcess(call);
    if ((call.team ?? 1) > 1) return this.#callTeam(call);
    const described = describeCall(call, this.#settings.limits.callSeconds);
    const { inputs, outputs } = described;
    const startedAt = performance.now();
    this.#write(JSON.stringify(described));
    const arena = this.#memory.buffer;
    layOut(described, arena, FIRST_FREE_BYTE).inputs.forEach((input, i) => input.set(call.inputs[i]));
    this.#do(STATE.whole);
    const begin = FIRST_FREE_BYTE + (call.returnInputs ? 0 : bodyBytes(inputs));
    const end = FIRST_FREE_BYTE + bodyBytes(inputs) + bodyBytes(outputs);
    return {
      ...layOut({ inputs: call.returnInputs ? inputs : [], outputs }, new Uint8Array(arena).slice(begin, end).buffer),
      text: this.#read() || undefined,
      seconds: (performance.now() - startedAt) / 1000,
      // The examiner limits the processor time of a criterion. Garbage of the suites would count here as well.
      ownSeconds: 0,
    };
  }

  close(): void {
    void this.#process?.then((session) => session.close());
  }

  /** @throws SubmissionFault */
  #do(state: number): void {
    this.#handle(state);
    if (this.#words[CONTROL.state] !== STATE.fault) return;
    const kind = FAULT_KINDS[this.#words[CONTROL.faultKind]] ?? 'threw';
    const text = this.#read();
    throw new SubmissionFault(kind, kind === 'threw' ? thrownIn(text).message : text);
  }

  #write(text: string): void {
    for (let i = 0; i < text.length; i++) this.#text[i] = text.charCodeAt(i);
    this.#words[CONTROL.textLength] = text.length;
  }

  #read(): string {
    return String.fromCharCode(...this.#text.subarray(0, this.#words[CONTROL.textLength]));
  }

  /** Without a process if the same program has had the same call in another examination. */
  async #callTeam(call: Call): Promise<CallResult> {
    const digest = createHash('sha256').update(this.#bundleDigest);
    digest.update(JSON.stringify(describeCall(call, this.#settings.limits.callSeconds)));
    for (const { buffer, byteOffset, byteLength } of call.inputs)
      digest.update(new Uint8Array(buffer, byteOffset, byteLength));
    const key = digest.digest('hex');
    const known = resultsOfTeams.get(key);
    if (known && known.by !== this.#id) return structuredClone(known.result);
    const result = await this.#callInProcess(call);
    resultsOfTeams.set(key, { by: this.#id, result: structuredClone(result) });
    return result;
  }

  async #callInProcess(call: Call): Promise<CallResult> {
    this.#process ??= ChildSession.open(this.#settings, this.#bundle);
    return (await this.#process).call(call);
  }
}

/** A function that runs a script in a realm and returns the variable in which the script leaves its result. */
const compileIn = (parsingContext: Context, source: string, result: string): (() => unknown) =>
  compileFunction(`${source}\nreturn ${result};`, [], { parsingContext }) as () => unknown;
