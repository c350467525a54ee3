/** Labelled images of digits, a byte a pixel (0 black … 255 white), row-major. */
export interface Digits {
  /** `[count][28][28]` */
  readonly images: Uint8Array;
  /** 0 … 9 */
  readonly labels: Uint8Array;
  readonly count: number;
}

export const PIXELS = 28 * 28;

/** A file of digits that cannot be used; the message is one line. */
export class DataError extends Error {
  override readonly name = 'DataError';
}
