import * as z from 'zod';
import type { Token } from './Token.ts';

/** Far more than a deliverable has: those of the assignments have some hundreds. */
export const MAX_TOKENS = 8000;

/** What the reader of a file answers: its packed tokens, or why it has none. */
export const TokensOrRefusal = z.union([
  z.strictObject({ tokens: z.base64() }),
  z.strictObject({ refused: z.string().max(200) }),
]);
export type TokensOrRefusal = z.infer<typeof TokensOrRefusal>;

/** Numbers of a token: a hash of its text, its start and its end. */
export const WIDTH = 3;
/** In place of a hash: the end of a unit. */
export const END_OF_UNIT = 0;

/** Tokens as numbers, in base64: text of students does not leave the process that parses it. */
export function packed(units: readonly (readonly Token[])[]): string {
  const numbers = units.flatMap((unit) => [
    ...unit.flatMap(({ text, start, end }) => [hashOf(text), start, end]),
    ...[END_OF_UNIT, 0, 0],
  ]);
  return Buffer.from(Int32Array.from(numbers).buffer).toString('base64');
}

/** @returns `WIDTH` numbers for each token */
export function unpacked(tokens: string): Int32Array {
  const bytes = Buffer.from(tokens, 'base64');
  const whole = new Int32Array(Math.floor(bytes.length / (4 * WIDTH)) * WIDTH);
  new Uint8Array(whole.buffer).set(bytes.subarray(0, whole.byteLength));
  return whole;
}

/** FNV-1a; never `END_OF_UNIT`. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 1;
}
