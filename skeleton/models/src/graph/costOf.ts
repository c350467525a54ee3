import { parametersOf } from '../operators/Operation.ts';
import type { Cost, Graph } from './Graph.ts';
import { elementsOf } from './Shape.ts';

/**
 * What a graph costs.
 *
 * @example
 * ```ts
 * costOf(graph).parameters; // 390410
 * ```
 */
export function costOf({ input, nodes }: Pick<Graph, 'input' | 'nodes'>): Cost {
  const sum = (of: (node: Graph['nodes'][number]) => number): number =>
    nodes.reduce((total, node) => total + of(node), 0);
  return {
    parameters: sum(({ operation }) => parametersOf(operation)),
    work: sum(({ work }) => work),
    elements: elementsOf(input.shape) + sum(({ shape }) => elementsOf(shape)),
  };
}
