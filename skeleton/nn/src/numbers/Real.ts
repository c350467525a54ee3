/** The numbers of a network: double or single precision, as the original's compile-time `Real`. */
export type Real = Float64Array | Float32Array;
export type RealConstructor = Float64ArrayConstructor | Float32ArrayConstructor;

/** The constructor that makes arrays of the same type. */
export const realOf = (values: Real): RealConstructor =>
  values[Symbol.toStringTag] === 'Float32Array' ? Float32Array : Float64Array;
