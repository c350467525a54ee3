import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Backend } from '../backends/Backend.ts';
import type { GemmKind } from '../backends/backendOf.ts';
import { createGemm } from '../backends/chooseGemm.ts';
import type { WasmMemory } from '../backends/wasm/WebAssemblyApi.ts';
import type { Real, RealConstructor } from '../memory/Real.ts';
import { createSharedMemory, FIRST_FREE_BYTE } from '../memory/SharedMemory.ts';
import { SymmetricHeap } from '../memory/SymmetricHeap.ts';
import { useRuntime } from '../runtime.ts';
import { createTeam, TeamEnded } from './createTeam.ts';
import { teamOfOne, type Team } from './Team.ts';
import { failedRank, resetTeam, teamMemory } from './TeamMemory.ts';

/** A function that all members run; it may be exported from any module. */
export type ParallelWork<Given> = (team: Team, given: Given) => void;

/** What a member thread starts with. */
export interface MemberData {
  readonly memory: WasmMemory;
  readonly team: SharedArrayBuffer;
  readonly fault: SharedArrayBuffer;
  readonly rank: number;
  readonly size: number;
  readonly gemm: GemmKind;
}

/** What a member thread runs next. */
export interface Region {
  readonly module: string;
  readonly name: string;
  readonly given: unknown;
  /** Where the symmetric heap begins. */
  readonly heap: number;
  readonly straggler: number | undefined;
}

export interface RegionOptions {
  /** The rank that starts late and leaves every barrier late, so that a missing barrier shows every time. */
  readonly straggler?: number | undefined;
}

/** Room for the message of the member that failed: its length, then UTF-8. */
const FAULT_BYTES = 4096;
const ARENA_BYTES = 512 * 1024 * 1024;

/**
 * Threads that run parallel regions together; this thread is rank 0. They are started once, wait between regions, and do
 * not keep the process alive.
 */
export class ThreadTeam {
  readonly size: number;
  readonly #memory: WasmMemory;
  #team: SharedArrayBuffer;
  readonly #fault = new SharedArrayBuffer(FAULT_BYTES);
  readonly #heap: SymmetricHeap;
  readonly #gemm: GemmKind;
  readonly #backend: Backend;
  #workers: Worker[];

  /** @param gemm - the backend of all members */
  constructor(size: number, gemm: GemmKind) {
    this.size = size;
    this.#gemm = gemm;
    this.#memory = createSharedMemory(ARENA_BYTES);
    this.#team = teamMemory(size);
    const arena = this.#memory.buffer;
    this.#heap = new SymmetricHeap(arena);
    this.#heap.reset(FIRST_FREE_BYTE, false);
    this.#backend = createGemm(gemm, this.#memory, arena);
    useRuntime({ backend: this.#backend });
    this.#workers = this.#startMembers();
  }

  /** An array of zeros that all members may be given. */
  allocate(real: RealConstructor, length: number): Real {
    return this.#heap.allocate(real, length, this.size);
  }

  /**
   * A parallel region: all members run the function that `module` exports as `name`. Returns when all are done.
   *
   * @param work - that function, for this thread
   * @param module - URL of the module, for the others
   * @throws what a member threw first: this thread's own exception, or an Error with the other's name and message
   */
  run<Given>(work: ParallelWork<Given>, module: string, given: Given, { straggler }: RegionOptions = {}): void {
    useRuntime({ backend: this.#backend, allocate: (real, length) => this.allocate(real, length) });
    if (this.size === 1) return work(teamOfOne, given);
    resetTeam(this.#team);
    new Int32Array(this.#fault).fill(0);
    const region: Region = { module, name: work.name, given, heap: this.#heap.next, straggler };
    for (const worker of this.#workers) worker.postMessage(region);
    const { team, lagBehind, join, fail } = createTeam(this.#team, 0, this.size, { straggler });
    try {
      if (straggler === 0) lagBehind();
      work(team, given);
      join();
    } catch (error) {
      fail();
      const reason = error instanceof TeamEnded ? this.#faultOfOther() : error;
      this.#replaceMembers();
      throw reason;
    }
  }

  /** The others may still be running, or be blocked forever: they cannot take part in another region. */
  #replaceMembers(): void {
    for (const worker of this.#workers) void worker.terminate();
    this.#team = teamMemory(this.size);
    this.#workers = this.#startMembers();
  }

  async close(): Promise<void> {
    useRuntime({ backend: this.#backend });
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #faultOfOther(): Error {
    const written = new Int32Array(this.#fault, 0, 1);
    // It will arrive: a member that fails ends the team first and writes the reason afterwards.
    Atomics.wait(written, 0, 0);
    const bytes = new Uint8Array(this.#fault, 4, written[0]).slice();
    const { name, message } = JSON.parse(new TextDecoder().decode(bytes)) as { name: string; message: string };
    const error = new Error(`${message} (rank ${failedRank(this.#team)})`);
    error.name = name;
    return error;
  }

  #startMembers(): Worker[] {
    return Array.from({ length: this.size - 1 }, (_, i) => this.#start(i + 1));
  }

  #start(rank: number): Worker {
    const data: MemberData = {
      memory: this.#memory,
      team: this.#team,
      fault: this.#fault,
      rank,
      size: this.size,
      gemm: this.#gemm,
    };
    const worker = new Worker(fileURLToPath(new URL('startMember.mjs', import.meta.url)), {
      workerData: data,
      // Options of this process do not apply to a thread, and some are refused there.
      execArgv: [],
    });
    worker.unref();
    return worker;
  }
}
