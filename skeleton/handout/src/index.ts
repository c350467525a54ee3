export { UsageError } from './errors.ts';
export { type Counterexample, readCounterexamples } from './replay/readCounterexamples.ts';
export { replayAll } from './replay/replayAll.ts';
export type { Answer, FunctionCall } from './replay/judge.ts';
