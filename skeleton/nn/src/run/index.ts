export { chooseGemm, createGemm, GemmChoiceError, openblasFor } from './chooseGemm.ts';
export type { GemmKind } from './backendOf.ts';
export { createSharedMemory, FIRST_FREE_BYTE } from './SharedMemory.ts';
export { runInParallel, teamOfEnvironment } from './runInParallel.ts';
export { teamSize, TeamSizeError } from './teamSize.ts';
export { ThreadTeam } from './ThreadTeam.ts';
export { SymmetricHeap } from '../numbers/SymmetricHeap.ts';
export { failedRank, resetTeam, teamMemory, whereMembersAre } from '../team/TeamMemory.ts';
export type { WasmMemory } from '../gemm/wasm/WebAssemblyApi.ts';
