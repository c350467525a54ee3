import { readSync } from 'node:fs';
import { decodeHeader, HEADER_BYTES, type Header } from '../protocol.ts';

/** A frame whose text and body are complete. */
export interface Frame {
  readonly header: Header;
  readonly text: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * Waits for the next frame. The thread sleeps in the system until it comes: an event loop would take longer to wake, and
 * to collect the pieces.
 *
 * @param descriptor - of the pipe
 * @param bodyFor - where the body of a frame is to be written
 * @returns undefined if the other end is closed
 */
export function readFrame(descriptor: number, bodyFor: (header: Header) => Uint8Array): Frame | undefined {
  const head = new Uint8Array(HEADER_BYTES);
  if (!fill(descriptor, head)) return undefined;
  const header = decodeHeader(head);
  const [text, body] = [new Uint8Array(header.textBytes), bodyFor(header)];
  return fill(descriptor, text) && fill(descriptor, body) ? { header, text, body } : undefined;
}

/** @returns false if there is not enough to fill it */
function fill(descriptor: number, target: Uint8Array): boolean {
  for (let at = 0; at < target.length;) {
    const count = readSync(descriptor, target, at, target.length - at, null);
    if (count === 0) return false;
    at += count;
  }
  return true;
}
