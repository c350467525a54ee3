import { readSync } from 'node:fs';
import { decodeHeader, HEADER_BYTES, type Header, MAX_TEXT_BYTES } from '../protocol.ts';

/** A frame whose text and body are complete. */
export interface Frame {
  readonly header: Header;
  readonly text: Uint8Array;
  readonly body: Uint8Array;
}

/** A small frame comes in one piece, and the grader sends nothing more until it is answered. */
const beginning = new Uint8Array(HEADER_BYTES + MAX_TEXT_BYTES);

/**
 * Waits for the next frame. The thread sleeps in the system until it comes: an event loop would take longer to wake, and
 * to collect the pieces.
 *
 * @param descriptor - of the pipe
 * @param bodyFor - where the body of a frame is to be written
 * @returns undefined if the other end is closed
 */
export function readFrame(descriptor: number, bodyFor: (header: Header) => Uint8Array): Frame | undefined {
  let filled = fill(descriptor, beginning, 0, HEADER_BYTES);
  if (filled < HEADER_BYTES) return undefined;
  const header = decodeHeader(beginning);
  const textEnd = HEADER_BYTES + header.textBytes;
  filled = fill(descriptor, beginning, filled, textEnd);
  const body = bodyFor(header);
  const early = beginning.subarray(textEnd, filled);
  body.set(early);
  const isWhole = filled >= textEnd && fill(descriptor, body, early.length, body.length) === body.length;
  return isWhole ? { header, text: beginning.slice(HEADER_BYTES, textEnd), body } : undefined;
}

/** Reads on from byte `filled` until `least` bytes are there, or the end; returns how many are. */
function fill(descriptor: number, target: Uint8Array, filled: number, least: number): number {
  let end = filled;
  while (end < least) {
    const count = readSync(descriptor, target, end, target.length - end, null);
    if (count === 0) break;
    end += count;
  }
  return end;
}
