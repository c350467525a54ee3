import fc from 'fast-check';

/** Cases among which those next to a failing one are looked for: making one takes microseconds. */
const SAMPLES = 1000;
/** Of the cases next to it. */
const MOST_TRIED = 10;
const MOST_SHOWN = 3;
/** So many others of the size that a case passes with must pass as well: with fewer, it may be chance. */
const LEAST_OTHERS = 4;
const MOST_OTHERS = 8;
/** Of a submission that fails everywhere, the first failures say enough. */
const MOST_SEARCHES = 12;
let searches = 0;

/** Follow from other sizes. */
const DERIVED = new Set(['OpY', 'OpX']);

/**
 * Which size, changed alone, makes a failing case pass: "with K = 3 in place of 2 it passes". Others of that size pass as
 * well, so that it is not due to the numbers.
 *
 * @param value - the case that failed; only a record of numbers has sizes
 * @param cases - it is one of these, and so are those that are tried
 * @param passed - cases that are known to pass, smaller ones above all
 * @param passes - runs a case: a call of the submission, or a few
 */
export async function nearestPassing<T>(
  value: T,
  cases: fc.Arbitrary<T>,
  passed: readonly T[],
  passes: (value: T) => Promise<boolean>,
): Promise<string | undefined> {
  const failing = sizesOf(value);
  if (!failing || searches++ >= MOST_SEARCHES) return undefined;
  const samples = fc.sample(cases, { seed: 1, numRuns: SAMPLES });
  const known = new Set(passed);
  const found: string[] = [];
  for (const neighbour of neighbours(failing, [...passed, ...samples])) {
    if (found.length === MOST_SHOWN) break;
    if (!known.has(neighbour.other) && !(await passes(neighbour.other))) continue;
    if (!(await othersPass(neighbour, samples, passes))) continue;
    found.push(`${neighbour.name} = ${neighbour.size} in place of ${failing[neighbour.name]}`);
  }
  return found.length === 0 ? undefined : `it passes with ${found.join(', or with ')}`;
}

/** Whether cases pass that have the size of a neighbour, and in which no further sizes are equal to it. */
async function othersPass<T>(
  { name, size, other }: Neighbour<T>,
  samples: readonly T[],
  passes: (value: T) => Promise<boolean>,
): Promise<boolean> {
  const equal = equalTo(name, sizesOf(other)!);
  const others = samples.filter((sample) => {
    const sizes = sizesOf(sample)!;
    return sizes[name] === size && [...equalTo(name, sizes)].every((each) => equal.has(each));
  });
  if (others.length < LEAST_OTHERS) return false;
  for (const sample of others.slice(0, MOST_OTHERS)) if (!(await passes(sample))) return false;
  return true;
}

const equalTo = (name: string, sizes: Sizes): ReadonlySet<string> =>
  new Set(Object.keys(sizes).filter((other) => sizes[other] === sizes[name]));

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
