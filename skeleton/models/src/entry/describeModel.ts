import { printable } from '@im2grade/formats';
import { costOf } from '../graph/costOf.ts';
import type { Graph, GraphNode } from '../graph/Graph.ts';
import type { Shape } from '../graph/Shape.ts';
import { type Operation, parametersOf } from '../operators/Operation.ts';

/** A node without its numbers. */
export interface DescribedNode {
  readonly name: string;
  /** The operator as the file calls it. */
  readonly source: string;
  readonly kind: Operation['kind'];
  /** Which activation, pooling, reduction or arithmetic it is. */
  readonly function?: string | undefined;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly shape: Shape;
  readonly parameters: number;
  readonly hasBiases?: boolean | undefined;
  /** Of a convolution or a pooling: rows, columns. */
  readonly window?:
    | {
        readonly size: readonly number[];
        readonly strides: readonly number[];
        readonly dilations: readonly number[];
        /** Before and after, for each axis. */
        readonly padding: readonly (readonly number[])[];
      }
    | undefined;
  readonly groups?: number | undefined;
  /** The shape of a convolution's weights: filters, channels of a group, rows, columns. */
  readonly filters?: Shape | undefined;
  /** Of a leaky ReLU: 0 is a ReLU. */
  readonly slope?: number | undefined;
}

/** The structure of a model, without its numbers. */
export interface DescribedModel {
  readonly kind: 'graph';
  readonly input: { readonly shape: Shape; readonly channels: 'first' | 'last' };
  readonly output: Shape;
  readonly parameters: number;
  /** Multiply-adds for an image, or steps that take as long. */
  readonly work: number;
  readonly nodes: readonly DescribedNode[];
}

/**
 * The structure of a model as plain values, in ASCII.
 *
 * @example
 * ```ts
 * describeModel(graph).nodes[0]; // { name: 'conv1', kind: 'convolution', parameters: 2432, window: …, … }
 * ```
 */
export const describeModel = (graph: Graph): DescribedModel => ({
  kind: 'graph',
  input: { shape: graph.input.shape, channels: graph.input.channels },
  output: graph.output.shape,
  parameters: costOf(graph).parameters,
  work: costOf(graph).work,
  nodes: graph.nodes.map(describeNode),
});

function describeNode({ name, source, inputs, output, shape, operation }: GraphNode): DescribedNode {
  const { kind } = operation;
  return {
    ...{ name: printable(name), source: printable(source), kind },
    ...('function' in operation && { function: operation.function }),
    ...{ inputs: inputs.map((each) => printable(each)), output: printable(output), shape },
    parameters: parametersOf(operation),
    ...('biases' in operation && { hasBiases: operation.biases !== undefined }),
    ...('window' in operation && { window: operation.window }),
    ...(kind === 'convolution' && { groups: operation.groups, filters: operation.weights.shape }),
    ...(kind === 'activation' && operation.function === 'leaky-relu' && { slope: operation.alpha }),
  };
}
