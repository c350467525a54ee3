import { decodeHeader, HEADER_BYTES, type Header } from './protocol.ts';

/** Where the text and the body of an announced frame are to be written. */
export interface FrameTarget {
  readonly text: Uint8Array;
  readonly body: Uint8Array;
}

/** Assembles frames from the chunks that a pipe delivers; the body is written directly to where the owner wants it. */
export class FrameReader {
  readonly #announce: (header: Header) => FrameTarget;
  readonly #deliver: (header: Header, target: FrameTarget) => void;
  readonly #head = new Uint8Array(HEADER_BYTES);
  #header: Header | undefined;
  #parts: Uint8Array[] = [this.#head];
  #part = 0;
  #filled = 0;

  /**
   * @param announce - called when a header is complete; returns where its text and body go, or throws to refuse the
   *   frame
   * @param deliver - called when the frame is complete
   */
  constructor(announce: (header: Header) => FrameTarget, deliver: (header: Header, target: FrameTarget) => void) {
    this.#announce = announce;
    this.#deliver = deliver;
  }

  /** Takes the next chunk of the stream. */
  push(piece: Uint8Array): void {
    let at = 0;
    do {
      const part = this.#parts[this.#part];
      const count = Math.min(piece.length - at, part.length - this.#filled);
      part.set(piece.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === part.length) this.#partDone();
    } while (at < piece.length);
  }

  #partDone(): void {
    this.#filled = 0;
    this.#part++;
    if (!this.#header) {
      this.#header = decodeHeader(this.#head);
      const { text, body } = this.#announce(this.#header);
      this.#parts = [this.#head, text, body];
    }
    while (this.#part < this.#parts.length && this.#parts[this.#part].length === 0) this.#part++;
    if (this.#part < this.#parts.length) return;
    const [header, [, text, body]] = [this.#header, this.#parts];
    this.#header = undefined;
    this.#parts = [this.#head];
    this.#part = 0;
    this.#deliver(header, { text, body });
  }
}
