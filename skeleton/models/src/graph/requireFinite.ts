import { printable } from '@im2grade/formats';
import { ModelError } from '../ModelError.ts';

/** @throws ModelError naming the weights if one of them is infinite or not a number */
export function requireFinite(file: string, name: string, values: Float32Array): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new ModelError(
    `${file}: "${printable(name)}" holds ${values[at]} at place ${at}; training has diverged: hand in an earlier state`,
  );
}
