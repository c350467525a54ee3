/**
 * Numbers of 16 bits as IEEE 754 defines them (binary16), little-endian.
 *
 * @example
 * ```ts
 * halfPrecision(Uint8Array.of(0x00, 0x3c)); // Float32Array [1]
 * ```
 */
export const halfPrecision = (bytes: Uint8Array): Float32Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength >> 1 }, (_, i) => ofHalf(view.getUint16(2 * i, true)));
};

function ofHalf(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * Numbers of 16 bits that are the upper half of a single-precision number (bfloat16), little-endian.
 *
 * @example
 * ```ts
 * brainFloat(Uint8Array.of(0x80, 0x3f)); // Float32Array [1]
 * ```
 */
export function brainFloat(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = Uint32Array.from({ length: bytes.byteLength >> 1 }, (_, i) => view.getUint16(2 * i, true) << 16);
  return new Float32Array(words.buffer);
}
