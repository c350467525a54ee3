/** What runs a submission in a realm of ECMAScript alone: nothing here needs Node. */
export type { GemmBackend } from '../gemm/GemmBackend.ts';
export { FIRST_FREE_BYTE } from './SharedMemory.ts';
export { backendOf } from './backendOf.ts';
export type { OpenblasProducts } from './openblasMultiply.ts';
export { SymmetricHeap } from '../numbers/SymmetricHeap.ts';
export { createTeam, type Member, TeamEnded, UnequalBarriers } from '../team/createTeam.ts';
