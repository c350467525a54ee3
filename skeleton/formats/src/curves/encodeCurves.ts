import { CURVE_NAMES, type Curves } from './Curves.ts';

/**
 * Writes curves as `decodeCurves` reads them.
 *
 * @example
 * ```ts
 * encodeCurves({ epochs: [1, 2], values: { train_loss: [1.6, 1.2] } }); // 'epoch,train_loss\n1,1.6\n2,1.2\n'
 * ```
 */
export function encodeCurves({ epochs, values }: Curves): string {
  const names = CURVE_NAMES.filter((name) => values[name]);
  const rows = epochs.map((epoch, i) => [epoch, ...names.map((name) => values[name]![i])]);
  return [['epoch', ...names], ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}
