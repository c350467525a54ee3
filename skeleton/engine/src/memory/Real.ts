/** The numbers of a network: double or single precision, as the original's compile-time `Real`. */
export type Real = Float64Array | Float32Array;
export type RealConstructor = Float64ArrayConstructor | Float32ArrayConstructor;

/** `length` numbers at a byte of a buffer. */
export const realView = (real: RealConstructor, buffer: ArrayBufferLike, byte: number, length: number): Real =>
  real === Float64Array ? new Float64Array(buffer, byte, length) : new Float32Array(buffer, byte, length);

/** The constructor that makes arrays of the same type. */
export const realOf = (values: Real): RealConstructor =>
  values[Symbol.toStringTag] === 'Float32Array' ? Float32Array : Float64Array;
