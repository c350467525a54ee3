import type { Operation } from '../operators/Operation.ts';
import type { Shape } from './Shape.ts';

/** What one node computes from the values named in `inputs`. */
export interface GraphNode {
  readonly name: string;
  /** The operator as the file calls it. */
  readonly source: string;
  readonly inputs: readonly string[];
  /** The name of its value. */
  readonly output: string;
  /** Of its value, for one image. */
  readonly shape: Shape;
  readonly operation: Operation;
  /** Multiply-adds for an image, or steps that take as long. */
  readonly work: number;
}

/** A value with the shape it has for one image. */
export interface GraphValue {
  readonly name: string;
  readonly shape: Shape;
}

/**
 * A network as it was handed in, in whatever format: each node comes after those that it needs. All sizes fit, all weights
 * are finite, and its cost is within `LIMITS`.
 */
export interface Graph {
  readonly input: GraphValue & { readonly channels: 'first' | 'last' };
  readonly nodes: readonly GraphNode[];
  readonly output: GraphValue;
}

/** What a graph costs, computed from its sizes. */
export interface Cost {
  readonly parameters: number;
  /** Multiply-adds for an image, or steps that take as long. */
  readonly work: number;
  /** Numbers of all values for an image. */
  readonly elements: number;
}
