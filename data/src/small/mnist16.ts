import type { Digits } from '../Digits.ts';
import { holdOut } from './holdOut.ts';
import { SIDE, type SmallDigits, type SmallDigitSplit } from './SmallDigits.ts';

/** What programs and checkpoints call these digits. */
export const MNIST16 = 'MNIST resampled to 16×16';
const LARGE = 28;

/**
 * MNIST in the size of USPS: 1,000 of the digits to train on are held out for validation, those to validate on are the test
 * set. The hidden digits stay hidden.
 */
export function mnist16({ train, validation }: { train: Digits; validation: Digits }): SmallDigitSplit {
  return { name: MNIST16, ...holdOut(resampled(train)), test: resampled(validation) };
}

/** Each small pixel is the mean, 0 … 1, of the 1.75×1.75 pixels that it covers. */
export function resampled({ images, labels, count }: Digits): SmallDigits {
  const small = new Float32Array(count * SIDE * SIDE);
  const shares = coverage();
  for (let n = 0; n < count; n++)
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        let sum = 0;
        for (const { from: row, share: down } of shares[y])
          for (const { from: column, share: across } of shares[x])
            sum += down * across * images[(n * LARGE + row) * LARGE + column];
        small[(n * SIDE + y) * SIDE + x] = sum / 255;
      }
  return { images: small, labels, count };
}

interface Share {
  readonly from: number;
  readonly share: number;
}

/** Along one side: which pixels each small one covers, and how much of the whole each makes. */
function coverage(): Share[][] {
  const width = LARGE / SIDE;
  return Array.from({ length: SIDE }, (_, i) => {
    const [begin, end] = [i * width, (i + 1) * width];
    return Array.from({ length: Math.ceil(end) - Math.floor(begin) }, (_, k) => {
      const from = Math.floor(begin) + k;
      return { from, share: (Math.min(end, from + 1) - Math.max(begin, from)) / width };
    });
  });
}
