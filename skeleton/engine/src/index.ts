export { type Real, type RealConstructor, realOf, realView } from './memory/Real.ts';
export { allocateReal, backendInUse, useRuntime } from './runtime.ts';
export { type Team, teamOfOne } from './threads/Team.ts';
export { type Backend, type Transpose } from './backends/Backend.ts';
export { elementwiseInUse } from './backends/elementwiseInUse.ts';
export { instantiate } from './backends/wasm/instantiate.ts';
export { claim, type Operand, type Staging } from './backends/wasm/staging.ts';
export { type KernelHost, kernelHostOf } from './backends/wasm/kernelHosts.ts';
