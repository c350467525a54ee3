import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  failedRank,
  type GemmKind,
  resetTeam,
  teamMemory,
  type WasmMemory,
  whereMembersAre,
} from '@im2grade/engine/run';
import type { FaultKind } from '../../model/examination.ts';
import { EXIT_OUT_OF_MEMORY } from '../protocol.ts';
import {
  CONTROL,
  controlBlock,
  FAULT_KINDS,
  type JailData,
  MAX_TEXT_UNITS,
  STATE,
  TEXT_OFFSET,
  thrownIn,
} from './control.ts';
import { ownTimePassed } from './ownTimePassed.ts';

export interface WorkerFault {
  readonly kind: FaultKind;
  readonly message: string;
  /** Of an exception, as `placesOf` gives them. */
  readonly places?: string;
}

/** A thread of the pool, which is one member of a team. */
interface PooledWorker {
  readonly worker: Worker;
  readonly control: Int32Array<SharedArrayBuffer>;
  /** UTF-16 code units. */
  readonly text: Uint16Array;
}

interface WorkerPoolOptions {
  readonly jailScript: string;
  readonly realmScript: string;
  readonly memoryMiB: number;
  readonly gemm: GemmKind;
  readonly memory: WasmMemory;
  readonly bundle: SharedArrayBuffer;
}

const MAX_MEMBERS = 16;

/**
 * For this long the main thread blocks: most steps are short, even on a busy machine, and an event loop takes longer to
 * wake. It does not while a prepared call runs, which may be timed: if it woke before the end, it would take a core from
 * a member.
 */
const BRIEFLY_MS = 20;

/** How long the others may still take to reach a barrier after one member has failed. */
const GRACE_MS = 200;

/** Characters of a fault's message that are passed on. */
const MAX_MESSAGE = 4000;

/**
 * The threads of a submission's process: each a jail of its own over one shared memory. They are started when a team
 * first needs them, and kept.
 */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #workers: PooledWorker[] = [];
  #team = teamMemory(MAX_MEMBERS);

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Starts the missing members of a team of `size`, and loads the submission in them. */
  async load(size: number): Promise<WorkerFault | undefined> {
    const started = this.#workers.length;
    if (started >= size) return undefined;
    while (this.#workers.length < size) this.#workers.push(this.#start(this.#workers.length));
    return this.#run(this.#workers.slice(started), STATE.load);
  }

  /** Lets the first `size` members prepare the call that the text describes; starts missing members. */
  async prepare(size: number, text: string): Promise<WorkerFault | undefined> {
    return (await this.load(size)) ?? this.#command(size, text, STATE.prepare);
  }

  /** Lets the first `size` members perform the prepared call. */
  async call(size: number, seconds: number): Promise<WorkerFault | undefined> {
    if (size === 1) return this.#run(this.#workers.slice(0, 1), STATE.call);
    resetTeam(this.#team);
    const whole = this.#run(this.#workers.slice(0, size), STATE.call);
    const late = Symbol();
    const watch = new AbortController();
    const first = await Promise.race([whole, ownTimePassed(seconds, size, watch.signal).then(() => late)]);
    watch.abort();
    if (first !== late) return first as WorkerFault | undefined;
    const message = `did not finish within ${seconds} s: ${whereMembersAre(this.#team, size)}`;
    return { kind: 'timed-out', message };
  }

  /**
   * Prepares and performs in one step. With several members none begins before all are ready: the first one clears the
   * outputs that all write to.
   */
  async prepareAndCall(size: number, seconds: number, text: string): Promise<WorkerFault | undefined> {
    if (size === 1) return this.#command(1, text, STATE.whole);
    return (await this.prepare(size, text)) ?? this.call(size, seconds);
  }

  #command(size: number, text: string, state: number): Promise<WorkerFault | undefined> {
    const team = this.#workers.slice(0, size);
    const units = Buffer.from(text, 'utf16le');
    for (const { control, text: target } of team) {
      Buffer.from(target.buffer, target.byteOffset).set(units);
      Atomics.store(control, CONTROL.textLength, text.length);
    }
    return this.#run(team, state);
  }

  /** What the first member's function returned. */
  textOfFirst(): string {
    return textOf(this.#workers[0]);
  }

  /** Wakes members and waits, blocking only briefly, so that a member that dies (out of memory) is noticed here. */
  async #run(team: readonly PooledWorker[], state: number): Promise<WorkerFault | undefined> {
    for (const { control } of team) {
      Atomics.store(control, CONTROL.state, state);
      Atomics.notify(control, CONTROL.state);
    }
    let anyFault!: () => void;
    const faulted = new Promise<void>((resolve) => (anyFault = resolve));
    const ends = team.map(async (member) => {
      const end = await ended(member, state === STATE.call ? 0 : BRIEFLY_MS);
      if (end === STATE.fault) anyFault();
    });
    await Promise.race([Promise.all(ends), faulted.then(() => sleep(GRACE_MS))]);
    const failed = team.filter(({ control }) => Atomics.load(control, CONTROL.state) === STATE.fault);
    if (failed.length === 0) return undefined;
    const rank = team.length > 1 ? failedRank(this.#team) : undefined;
    const fault = faultOf(rank === undefined ? failed[0] : team[rank], rank);
    await this.#dismissBusy();
    return fault;
  }

  /** Members that still run although one has failed cannot take part in another call; all are restarted then. */
  async #dismissBusy(): Promise<void> {
    const atRest: number[] = [STATE.idle, STATE.done, STATE.fault];
    const isAtRest = ({ control }: PooledWorker) => atRest.includes(Atomics.load(control, CONTROL.state));
    if (this.#workers.every(isAtRest)) return;
    this.#team = teamMemory(MAX_MEMBERS);
    await Promise.all(this.#workers.splice(0).map(({ worker }) => worker.terminate()));
  }

  #start(rank: number): PooledWorker {
    const { jailScript, realmScript, memoryMiB, gemm, memory, bundle } = this.#options;
    const control = controlBlock();
    const worker = new Worker(jailScript, {
      workerData: {
        realm: { control, memory, team: this.#team, rank, gemm },
        realmScript,
        bundle,
      } satisfies JailData,
      // The jail replaces functions of Node that V8 would call on behalf of student code.
      execArgv: ['--expose-internals'],
      env: {},
      stdin: false,
      // Without a code range of its own, V8 13 would reserve 512 MiB for each member, which count as its memory.
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB, stackSizeMb: 4, codeRangeSizeMb: 16 },
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      process.exitCode = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? EXIT_OUT_OF_MEMORY : 70;
      process.exit();
    });
    return { worker, control: new Int32Array(control, 0, CONTROL.words), text: new Uint16Array(control, TEXT_OFFSET) };
  }
}

/** `done` or `fault`, once the member has reached one. */
async function ended({ control }: PooledWorker, briefly: number): Promise<number> {
  for (;;) {
    const now = Atomics.load(control, CONTROL.state);
    if (now === STATE.done || now === STATE.fault) return now;
    if (briefly > 0 && Atomics.wait(control, CONTROL.state, now, briefly) !== 'timed-out') continue;
    const waiting = Atomics.waitAsync(control, CONTROL.state, now);
    if (waiting.async) await waiting.value;
  }
}

/** Text that a jail wrote after its control words. */
const textOf = ({ control, text }: PooledWorker): string =>
  Buffer.from(text.slice(0, Math.min(MAX_TEXT_UNITS, Atomics.load(control, CONTROL.textLength))).buffer).toString(
    'utf16le',
  );

/** Faults that are not one member's. */
const OF_ALL_MEMBERS = new Set<FaultKind>(['unequal-barriers', 'racing-writes', 'not-implemented']);

function faultOf(member: PooledWorker, rank: number | undefined): WorkerFault {
  const kind = FAULT_KINDS[Atomics.load(member.control, CONTROL.faultKind)] ?? 'threw';
  const text = textOf(member);
  const { message, places } = kind === 'threw' ? thrownIn(text) : { message: text, places: '' };
  const shown = message.slice(0, MAX_MESSAGE);
  const isNamed = rank === undefined || OF_ALL_MEMBERS.has(kind);
  return { kind, message: isNamed ? shown : `rank ${rank}: ${shown}`, places };
}
