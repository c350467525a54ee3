import fc from 'fast-check';

/** Cases among which those next to a failing one are looked for: making one takes microseconds. */
const SAMPLES = 1000;
/** Each of these is a call of the submission, or a few. */
const MOST_TRIED = 10;
const MOST_SHOWN = 3;
/** Of a submission that fails everywhere, the first failures say enough. */
const MOST_SEARCHES = 12;
let searches = 0;

/** Follow from other sizes. */
const DERIVED = new Set(['OpY', 'OpX']);

/**
 * Which size, changed alone, makes a failing case pass: "with K = 3 in place of 2 it passes".
 *
 * @param value - the case that failed; only a record of numbers has sizes
 * @param cases - it is one of these, and so are those that are tried
 * @param passes - runs a case
 */
export async function nearestPassing<T>(
  value: T,
  cases: fc.Arbitrary<T>,
  passes: (value: T) => Promise<boolean>,
): Promise<string | undefined> {
  const failing = sizesOf(value);
  if (!failing || searches++ >= MOST_SEARCHES) return undefined;
  const found: string[] = [];
  for (const { name, size, other } of neighbours(failing, fc.sample(cases, { seed: 1, numRuns: SAMPLES }))) {
    if (found.length === MOST_SHOWN) break;
    if (await passes(other)) found.push(`${name} = ${size} in place of ${failing[name]}`);
  }
  return found.length === 0 ? undefined : `it passes with ${found.join(', or with ')}`;
}

type Sizes = Readonly<Record<string, number>>;

function sizesOf(value: unknown): Sizes | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const sizes = Object.entries(value).filter(([name]) => !DERIVED.has(name));
  return sizes.every(([, size]) => typeof size === 'number') ? (Object.fromEntries(sizes) as Sizes) : undefined;
}

interface Neighbour<T> {
  readonly name: string;
  readonly size: number;
  readonly other: T;
}

/** The cases with exactly one other size, the nearest for each size and direction, the nearest first. */
function neighbours<T>(failing: Sizes, others: readonly T[]): Neighbour<T>[] {
  const nearest = new Map<string, Neighbour<T>>();
  const distance = ({ name, size }: Neighbour<T>): number => Math.abs(size - failing[name]);
  for (const other of others) {
    const sizes = sizesOf(other)!;
    const [name, ...more] = Object.keys(failing).filter((each) => sizes[each] !== failing[each]);
    if (name === undefined || more.length > 0) continue;
    const one = { name, size: sizes[name], other };
    const key = `${name} ${one.size > failing[name]}`;
    const known = nearest.get(key);
    if (!known || distance(one) < distance(known)) nearest.set(key, one);
  }
  return [...nearest.values()].sort((a, b) => distance(a) - distance(b)).slice(0, MOST_TRIED);
}
