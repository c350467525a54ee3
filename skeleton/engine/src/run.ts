export { chooseGemm, createGemm, GemmChoiceError, type GemmKind } from './backends/chooseGemm.ts';
export { createSharedMemory, FIRST_FREE_BYTE } from './memory/SharedMemory.ts';
export { runInParallel, teamOfEnvironment } from './threads/runInParallel.ts';
export { teamSize, TeamSizeError } from './threads/teamSize.ts';
export { ThreadTeam } from './threads/ThreadTeam.ts';
export { SymmetricHeap } from './memory/SymmetricHeap.ts';
export { createTeam, type Member, TeamEnded, UnequalBarriers } from './threads/createTeam.ts';
export { failedRank, resetTeam, teamMemory, whereMembersAre } from './threads/TeamMemory.ts';
export type { WasmMemory } from './backends/wasm/WebAssemblyApi.ts';
