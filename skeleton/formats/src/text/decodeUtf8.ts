/** What stands for bytes that are no text. */
const REPLACEMENT = 0xfffd;
/** `String.fromCodePoint` takes a limited number of arguments. */
const AT_A_TIME = 4096;

/** By the number of bytes: the smallest character that needs as many. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

/**
 * The text that bytes are in UTF-8. What is not UTF-8 becomes U+FFFD. It needs ECMAScript alone, which has no
 * `TextDecoder`.
 *
 * @example
 * ```ts
 * decodeUtf8(Uint8Array.of(0xc3, 0xa9)); // 'é'
 * ```
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let points: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { point, length } = pointAt(bytes, at);
    points.push(point);
    at += length;
    if (points.length < AT_A_TIME) continue;
    text += String.fromCodePoint(...points);
    points = [];
  }
  return text + String.fromCodePoint(...points);
}

function pointAt(bytes: Uint8Array, at: number): { readonly point: number; readonly length: number } {
  const first = bytes[at];
  if (first < 0x80) return { point: first, length: 1 };
  const length = lengthFrom(first);
  let point = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i];
    if (next === undefined || (next & 0xc0) !== 0x80) return { point: REPLACEMENT, length: i };
    point = (point << 6) | (next & 0x3f);
  }
  const isCharacter = length > 1 && point >= SMALLEST[length] && point <= 0x10ffff && (point & ~0x7ff) !== 0xd800;
  return isCharacter ? { point, length } : { point: REPLACEMENT, length: 1 };
}

/** 1 if no character begins so. */
function lengthFrom(first: number): number {
  if (first >= 0xc0 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf8 ? 4 : 1;
}
