import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../Digits.ts';
import { embeddedDigits } from '../embeddedDigits.ts';
import { HELD_OUT, holdOut } from './holdOut.ts';
import { readLibsvm } from './readLibsvm.ts';
import { mnist16 } from './mnist16.ts';
import { readUspsNpz } from './readUspsNpz.ts';
import { type SmallDigitSplit, USPS } from './SmallDigits.ts';

const PACKED = ['', '.gz', '.bz2'];

/**
 * USPS if its files are there, otherwise MNIST in the same size. `name` says which.
 *
 * @param path - the course's `usps.npz`, or a folder with that file, or with LIBSVM's `usps` and `usps.t`, plain, `.gz` or
 * `.bz2`
 * @throws DataError when something is there and cannot be used
 */
export async function loadSmallDigits(path: string): Promise<SmallDigitSplit> {
  const npz = [path, join(path, 'usps.npz')].find((file) => file.endsWith('.npz') && existsSync(file));
  if (npz !== undefined) return { name: USPS, ...(await readUspsNpz(npz)) };
  const [train, test] = [find(join(path, 'usps')), find(join(path, 'usps.t'))];
  if (train === undefined && test === undefined) return mnist16(embeddedDigits());
  if (train === undefined || test === undefined)
    throw new DataError(`${join(path, train === undefined ? 'usps' : 'usps.t')}: not there, nor with .gz or .bz2`);
  return { name: USPS, ...heldOut(train), test: readLibsvm(test) };
}

const find = (file: string): string | undefined =>
  PACKED.map((ending) => `${file}${ending}`).find((name) => existsSync(name));

function heldOut(path: string) {
  const digits = readLibsvm(path);
  if (digits.count <= HELD_OUT)
    throw new DataError(
      `${path}: ${digits.count} images; of more than ${HELD_OUT}, ${HELD_OUT} are held out for validation`,
    );
  return holdOut(digits);
}
