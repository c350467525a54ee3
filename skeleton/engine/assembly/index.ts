// The exports of the module.
export { workBytes, gemm32, gemm64 } from './gemm';
export { momentum32, momentum64, adam32, adam64, rectify32, rectify64 } from './vectors';
export { tile32, tile64 } from './kept';
