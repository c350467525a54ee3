import type { Prints } from './prints.ts';

/** In a smaller class nothing is common. */
export const LEAST_CLASS = 6;

/** The fingerprints that more than half of a class has. */
export function commonIn(texts: readonly Prints[]): number[] {
  const read = texts.filter((prints) => prints !== undefined);
  if (read.length < LEAST_CLASS) return [];
  const times = new Map<number, number>();
  for (const prints of read) for (const print of prints) times.set(print, (times.get(print) ?? 0) + 1);
  return [...times].filter(([, count]) => count > read.length / 2).map(([print]) => print);
}
