// The exports of the module.
export { workBytes, gemm32, gemm64 } from './gemm';
