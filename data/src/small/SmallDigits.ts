/** Labelled images of digits of 16×16 pixels, row-major: what is written is bright, the paper dark. */
export interface SmallDigits {
  /** `[count][16][16]` */
  readonly images: Float32Array;
  /** 0 … 9 */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** To train on, to choose by, and to judge with in the end. */
export interface SmallDigitSplit {
  /** What the digits are; shown wherever they are used. */
  readonly name: string;
  readonly train: SmallDigits;
  readonly validation: SmallDigits;
  readonly test: SmallDigits;
}

/** What programs and checkpoints call the digits of USPS. */
export const USPS = 'USPS';

export const SIDE = 16;
export const SMALL_PIXELS = SIDE * SIDE;
