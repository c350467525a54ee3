import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { SymmetricHeap } from '../memory/SymmetricHeap.ts';
import { useRuntime } from '../runtime.ts';
import { createTeam, TeamEnded } from './createTeam.ts';
import { createGemm } from '../backends/chooseGemm.ts';
import type { MemberData, ParallelWork, Region } from './ThreadTeam.ts';

/** A thread of a `ThreadTeam` other than the first: runs each region as the member of its rank. */
const { memory, team: teamWords, fault, rank, size, gemm } = workerData as MemberData;
const arena = memory.buffer;
const heap = new SymmetricHeap(arena);
useRuntime({
  backend: createGemm(gemm, memory, arena),
  allocate: (real, length) => heap.allocate(real, length, size),
});

/** Writes the error to where rank 0 reads it. */
function recordFault(error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const text = new TextEncoder().encode(JSON.stringify({ name, message: message.slice(0, 500) }));
  new Uint8Array(fault, 4).set(text);
  const length = new Int32Array(fault, 0, 1);
  Atomics.store(length, 0, text.length);
  Atomics.notify(length, 0);
}

/** A repeated `import` of a loaded module takes longer than a small region. */
const modules = new Map<string, Record<string, ParallelWork<unknown>>>();

async function load(module: string): Promise<Record<string, ParallelWork<unknown>>> {
  const loaded = (await import(module)) as Record<string, ParallelWork<unknown>>;
  modules.set(module, loaded);
  return loaded;
}

function run({ name, given, heap: begin, straggler }: Region, exported: Record<string, ParallelWork<unknown>>): void {
  heap.reset(begin, false);
  const { team, lagBehind, leave, fail } = createTeam(teamWords, rank, size, { straggler });
  try {
    if (straggler === rank) lagBehind();
    exported[name](team, given);
    leave();
  } catch (error) {
    if (!(error instanceof TeamEnded)) recordFault(error);
    fail();
  }
}

/** Milliseconds to poll for the next region before this thread blocks: waking up takes longer than that. */
const POLL_MS = 0.5;

/** The region that follows immediately, if one does. */
function nextRegion(): Region | undefined {
  for (const end = performance.now() + POLL_MS; performance.now() < end;) {
    const received = receiveMessageOnPort(parentPort!) as { readonly message: Region } | undefined;
    if (received) return received.message;
  }
  return undefined;
}

async function take(first: Region): Promise<void> {
  for (let region: Region | undefined = first; region; region = nextRegion())
    run(region, modules.get(region.module) ?? (await load(region.module)));
}

parentPort!.on('message', (region: Region) => void take(region));
