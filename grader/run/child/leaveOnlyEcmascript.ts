const ECMASCRIPT = new Set<PropertyKey>(
  (
    'globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent ' +
    'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error EvalError ' +
    'FinalizationRegistry Float32Array Float64Array Function Int8Array Int16Array Int32Array Iterator JSON Map Math Number Object ' +
    'Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError Uint8Array ' +
    'Uint8ClampedArray Uint16Array Uint32Array URIError WeakMap WeakRef WeakSet'
  ).split(' '),
);

/** Deletes what V8 adds to a realm beyond the language, and silences its console. */
export function leaveOnlyEcmascript(): void {
  for (const name of Reflect.ownKeys(globalThis)) {
    if (!ECMASCRIPT.has(name)) Reflect.deleteProperty(globalThis, name);
  }
  const quiet = Object.freeze({ log() {}, info() {}, warn() {}, error() {}, debug() {} });
  Object.defineProperty(globalThis, 'console', { value: quiet });
}
