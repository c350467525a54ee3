export { chooseGemm, createGemm, GemmChoiceError, type GemmKind } from './chooseGemm.ts';
export { createSharedMemory, FIRST_FREE_BYTE } from './SharedMemory.ts';
export { runInParallel, teamOfEnvironment } from './runInParallel.ts';
export { teamSize, TeamSizeError } from './teamSize.ts';
export { ThreadTeam } from './ThreadTeam.ts';
export { SymmetricHeap } from '../numbers/SymmetricHeap.ts';
export { createTeam, type Member, TeamEnded, UnequalBarriers } from '../team/createTeam.ts';
export { failedRank, resetTeam, teamMemory, whereMembersAre } from '../team/TeamMemory.ts';
export type { WasmMemory } from '../gemm/wasm/WebAssemblyApi.ts';
