type Methods = Record<string, unknown>;

const typedArray = Object.getPrototypeOf(Float64Array.prototype) as Methods;

/** What reaches elements without an index in brackets, and the names of its methods; all of them if left out. */
const REACHING: readonly (readonly [object, (readonly string[])?])[] = [
  [typedArray, ['at', 'copyWithin', 'fill', 'set', 'slice', 'subarray', 'with']],
  [Array.prototype, ['at', 'copyWithin', 'fill', 'pop', 'push', 'shift', 'splice', 'unshift']],
  [Object, ['assign', 'defineProperties', 'defineProperty']],
  [Map.prototype, ['set']],
  [Set.prototype, ['add']],
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
  let calls = 0;
  const restored: (() => void)[] = [];
  const count = (owner: object, name: string): void => {
    const before = getOwnPropertyDescriptor(owner, name);
    if (typeof before?.value !== 'function') return;
    const method = before.value as (...given: unknown[]) => unknown;
    const value = function (this: unknown, ...given: unknown[]): unknown {
      calls++;
      return apply(method, this, given);
    };
    if (!defineProperty(owner, name, { ...before, value })) calls = Infinity;
    restored[restored.length] = () => void defineProperty(owner, name, before);
  };
  try {
    for (const [owner, names = Object.getOwnPropertyNames(owner)] of REACHING)
      for (const name of names) if (name !== 'constructor') count(owner, name);
    run();
    return calls;
  } finally {
    for (const restore of restored) restore();
  }
}
