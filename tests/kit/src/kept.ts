import type { Numbers } from '@im2grade/grader/model/examination.ts';
import { examination } from './examination.ts';

/**
 * Results of trusted code that only depend on the key: a class's submissions are examined in few processes, each of which
 * computes them once. Nothing that a submission has computed may be kept.
 *
 * @example
 * ```ts
 * const { accuracy } = await kept('baseline', async () => ({ accuracy: accuracyOf(trainTrusted(plan, input, images)) }));
 * ```
 */
export const kept = <T extends Numbers>(key: string, make: () => Promise<T>): Promise<T> =>
  examination().kept(key, make) as Promise<T>;
