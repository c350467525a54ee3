/** Right solutions of `conv2d-gemm`, slower than the reference in most functions: partial credit shows every per cent. */
export const MIDDLING = ['other-loop-order', 'transposed-gemm'];
