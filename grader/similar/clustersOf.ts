/** The groups of numbers that pairs connect, each sorted; the largest first. */
export function clustersOf(pairs: readonly { readonly first: number; readonly second: number }[]): number[][] {
  const clusters = new Map<number, Set<number>>();
  for (const { first, second } of pairs) {
    const [one, other] = [first, second].map((each) => clusters.get(each) ?? new Set([each]));
    if (one === other) continue;
    for (const each of other) one.add(each);
    for (const each of one) clusters.set(each, one);
  }
  return [...new Set(clusters.values())]
    .map((cluster) => [...cluster].sort((a, b) => a - b))
    .sort((a, b) => b.length - a.length || a[0] - b[0]);
}
