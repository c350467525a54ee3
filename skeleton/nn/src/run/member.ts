import { parentPort, workerData } from 'node:worker_threads';
import { useGemmBackend } from '../gemm/gemm.ts';
import { useHeap } from '../numbers/heap.ts';
import { SymmetricHeap } from '../numbers/SymmetricHeap.ts';
import { createTeam, TeamEnded } from '../team/createTeam.ts';
import { createGemm } from './chooseGemm.ts';
import type { MemberData, ParallelWork, Region } from './ThreadTeam.ts';

/** A thread of a `ThreadTeam` other than the first: runs what it is told, as the member that it is. */
const { memory, team: teamWords, fault, rank, size, gemm } = workerData as MemberData;
const arena = memory.buffer;
const heap = new SymmetricHeap(arena);
useGemmBackend(createGemm(gemm, memory, arena));
useHeap((real, length) => heap.allocate(real, length, size));

/** Leaves what went wrong where rank 0 finds it. */
function tell(error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const text = new TextEncoder().encode(JSON.stringify({ name, message: message.slice(0, 500) }));
  new Uint8Array(fault, 4).set(text);
  const length = new Int32Array(fault, 0, 1);
  Atomics.store(length, 0, text.length);
  Atomics.notify(length, 0);
}

async function take({ module, name, given, heap: begin }: Region): Promise<void> {
  heap.reset(begin, false);
  const exported = (await import(module)) as Record<string, ParallelWork<unknown>>;
  const { team, leave, fail } = createTeam(teamWords, rank, size);
  try {
    exported[name](team, given);
    leave();
  } catch (error) {
    if (!(error instanceof TeamEnded)) tell(error);
    fail();
  }
}

parentPort!.on('message', (region: Region) => void take(region));
