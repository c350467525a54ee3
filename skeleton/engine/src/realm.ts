/** What runs a submission in a realm of ECMAScript alone: nothing here needs Node. */
export type { Backend } from './backends/Backend.ts';
export { FIRST_FREE_BYTE } from './memory/SharedMemory.ts';
export { backendOf } from './backends/backendOf.ts';
export type { OpenblasProducts } from './backends/openblas/openblasMultiply.ts';
export { heapBegin, SymmetricHeap } from './memory/SymmetricHeap.ts';
export {
  createTeam,
  type Member,
  type OwnArrays,
  RacingWrites,
  TeamEnded,
  type TurnWatcher,
  UnequalBarriers,
} from './threads/createTeam.ts';
