/** One axis of a row-major array, by the name that the assignment uses. */
export interface Axis {
  readonly name: string;
  readonly size: number;
}

/** `b=1, oy=0, fx=2` of a flat index. */
export function coordinates(index: number, axes: readonly Axis[]): string {
  let rest = index;
  const parts = [...axes].reverse().map(({ name, size }) => {
    const at = rest % size;
    rest = Math.floor(rest / size);
    return `${name}=${at}`;
  });
  return parts.reverse().join(', ');
}
