import type { Graph } from './Graph.ts';

/** A graph as text and one array, as they are handed to another process. */
export interface PackedGraph {
  readonly structure: string;
  readonly numbers: Float32Array;
}

/** In the text, a list of numbers is its start and its length, and an infinite number is its name. */
const LIST = '$numbers';
const INFINITE = '$number';

/**
 * Packs a graph for a process that only computes it.
 *
 * @example
 * ```ts
 * const { structure, numbers } = packGraph(graph);
 * ```
 */
export function packGraph(graph: Graph): PackedGraph {
  const lists = new Map<Float32Array, number>();
  let length = 0;
  const structure = JSON.stringify(graph, (_, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return { [INFINITE]: String(value) };
    if (!(value instanceof Float32Array)) return value;
    const at = lists.get(value) ?? length;
    if (at === length) {
      lists.set(value, at);
      length += value.length;
    }
    return { [LIST]: [at, value.length] };
  });
  const numbers = new Float32Array(length);
  for (const [values, at] of lists) numbers.set(values, at);
  return { structure, numbers };
}

/** The graph that was packed; its numbers are views of the array. */
export function unpackGraph({ structure, numbers }: PackedGraph): Graph {
  const unpacked: unknown = JSON.parse(structure, (_, value: unknown) => {
    if (!(value instanceof Object)) return value;
    const { [LIST]: list, [INFINITE]: infinite } = value as { [LIST]?: [number, number]; [INFINITE]?: string };
    if (infinite !== undefined) return Number(infinite);
    return list ? numbers.subarray(list[0], list[0] + list[1]) : value;
  });
  return unpacked as Graph;
}
