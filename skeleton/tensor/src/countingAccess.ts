type Methods = Record<string, unknown>;

const prototypeOf = (value: unknown): Methods => Object.getPrototypeOf(value) as Methods;

const typedArray = prototypeOf(Float64Array.prototype);
/** What `next` of every generator is. */
const generator = prototypeOf(function* () {}.prototype);

/**
 * What reaches elements without an index in brackets, and the names of its methods; all of them if left out. `next` of an
 * array's iterator is not among them: to take a shape apart calls it too.
 */
const REACHING: readonly (readonly [object, (readonly string[])?])[] = [
  [typedArray, ['at', 'copyWithin', 'fill', 'set', 'slice', 'subarray', 'with']],
  [Array.prototype, ['at', 'copyWithin', 'fill', 'pop', 'push', 'shift', 'splice', 'unshift']],
  [Object, ['assign', 'defineProperties', 'defineProperty']],
  [Map.prototype, ['get', 'has', 'set']],
  [Set.prototype, ['add', 'has']],
  [generator, ['next']],
  [DataView.prototype],
  [Reflect],
  [Atomics],
];

/**
 * Runs something, and counts the calls of JavaScript's own methods that reach elements of arrays: a loop over single
 * elements makes one for each, one over whole rows far fewer.
 *
 * @returns Infinity if a method was made unchangeable, so that its calls cannot be counted
 *
 * @example
 * ```ts
 * countingAccess(() => z.data.set(a.data.subarray(0, 4), 8)); // 2
 * ```
 */
export function countingAccess(run: () => void): number {
  const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
  let [calls, isCounting] = [0, false];
  const restored: (() => void)[] = [];
  const count = (owner: object, name: string): void => {
    const before = getOwnPropertyDescriptor(owner, name);
    if (typeof before?.value !== 'function') return;
    const method = before.value as (...given: unknown[]) => unknown;
    const value = function (this: unknown, ...given: unknown[]): unknown {
      if (isCounting) calls++;
      return apply(method, this, given);
    };
    if (!defineProperty(owner, name, { ...before, value })) calls = Infinity;
    restored[restored.length] = () => void defineProperty(owner, name, before);
  };
  try {
    for (const [owner, names = Object.getOwnPropertyNames(owner)] of REACHING)
      for (const name of names) if (name !== 'constructor') count(owner, name);
    isCounting = true;
    run();
    return calls;
  } finally {
    for (const restore of restored) restore();
  }
}
