import type { Fill } from './calls.ts';

/**
 * The results of a new layer and of one that had batches before, in buffers that hold garbage. What a new layer leaves of
 * that is charged elsewhere: if it leaves some, both get zeros.
 *
 * @param run - calls a function on a new or on the kept layer
 *
 * @example
 * ```ts
 * const [alone, got] = await newAndKept(async (layer, fill) => [
 *   await im2mat(submission, layer === 'kept' ? onLayer : g, image, fill),
 * ]);
 * ```
 */
export async function newAndKept(
  run: (layer: 'new' | 'kept', fill: Fill) => Promise<readonly Float64Array[]>,
): Promise<[alone: readonly Float64Array[], got: readonly Float64Array[]]> {
  const alone = await run('new', 'garbage');
  const isWhole = alone.every((values) => !values.includes(NaN));
  return isWhole ? [alone, await run('kept', 'garbage')] : [await run('new', 'zero'), await run('kept', 'zero')];
}
