/** The globals that a deliverable may use, at home as when graded: those of ECMAScript, and a `console` that prints nothing when graded. */
export const AVAILABLE: ReadonlySet<PropertyKey> = new Set<PropertyKey>(
  (
    'globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent ' +
    'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
    'FinalizationRegistry Float32Array Float64Array Function Int8Array Int16Array Int32Array Iterator JSON Map Math Number Object ' +
    'Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError Uint8Array ' +
    'Uint8ClampedArray Uint16Array Uint32Array URIError WeakMap WeakRef WeakSet console'
  ).split(' '),
);
