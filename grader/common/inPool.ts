/**
 * Runs `work` for each item, at most `width` at a time, and starts nothing more once the signal is aborted or one of them
 * has failed.
 *
 * @throws what the first of them threw, when none is running any more: a clean-up then disturbs nothing
 */
export async function inPool<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && !signal.aborted && failures.length === 0) {
      const index = next++;
      await work(items[index], index).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
