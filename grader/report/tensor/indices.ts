import type { Origin } from './padded.ts';
import type { Axis } from './plane.ts';

/** An element's index by the names of the axes. */
export type Indices = Readonly<Record<string, number>>;

/** The index of a row-major tensor's element. */
export function indicesOf(axes: readonly Axis[], flat: number, origin: Origin = {}): Indices {
  const indices = axes.map(() => 0);
  let rest = flat;
  for (let a = axes.length - 1; a >= 0; a--) {
    const { name, size } = axes[a];
    indices[a] = (rest % size) + (origin[name] ?? 0);
    rest = Math.floor(rest / size);
  }
  return Object.fromEntries(axes.map(({ name }, a) => [name, indices[a]]));
}
