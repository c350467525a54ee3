/** Bytes that cannot be read; the message is one line. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}
