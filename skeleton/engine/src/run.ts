export { chooseGemm, createGemm, GemmChoiceError, openblasFor } from './backends/chooseGemm.ts';
export type { GemmKind } from './backends/backendOf.ts';
export { createSharedMemory, FIRST_FREE_BYTE } from './memory/SharedMemory.ts';
export { runInParallel, teamOfEnvironment } from './threads/runInParallel.ts';
export { teamSize, TeamSizeError } from './threads/teamSize.ts';
export { type ParallelWork, ThreadTeam } from './threads/ThreadTeam.ts';
export { heapBegin, SymmetricHeap } from './memory/SymmetricHeap.ts';
export { failedRank, resetTeam, teamMemory, whereMembersAre } from './threads/TeamMemory.ts';
export type { WasmMemory } from './backends/wasm/WebAssemblyApi.ts';
