import type { Prints } from './prints.ts';

/** In a smaller class nothing is common. */
export const LEAST_CLASS = 6;

/**
 * The fingerprints that say nothing because more than half of a class has them. What is in a corpus says something however
 * many have it, unless most works of the corpora have it, too.
 *
 * @param deliverables - the texts of each deliverable: first those of the class, then those of the corpora
 * @param whole - the same works, each as one text
 * @param classSize - the number of the class's works
 */
export function commonIn(
  deliverables: readonly (readonly Prints[])[],
  whole: readonly Prints[],
  classSize: number,
): ReadonlySet<number> {
  const common = deliverables.flatMap((texts) => ofMost(texts.slice(0, classSize)));
  const corpora = whole.slice(classSize);
  const known = new Set(corpora.flatMap((prints) => [...(prints ?? [])]));
  for (const print of ofMost(corpora)) known.delete(print);
  return new Set(common.filter((print) => !known.has(print)));
}

function ofMost(texts: readonly Prints[]): number[] {
  const read = texts.filter((prints) => prints !== undefined);
  if (read.length < LEAST_CLASS) return [];
  const times = new Map<number, number>();
  for (const prints of read) for (const print of prints) times.set(print, (times.get(print) ?? 0) + 1);
  return [...times].filter(([, count]) => count > read.length / 2).map(([print]) => print);
}
