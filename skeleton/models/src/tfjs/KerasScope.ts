import { printable } from '@im2grade/formats';
import type { Constant } from '../graph/Constant.ts';
import { called, GraphBuilder, unknown } from '../graph/GraphBuilder.ts';
import type { Graph } from '../graph/Graph.ts';
import { elementsOf, type Shape } from '../graph/Shape.ts';
import { ModelError, type UnknownOperator } from '../ModelError.ts';
import type { Operation } from '../operators/Operation.ts';

/** The values of layers are named after them, with a colon. */
const INPUT = '#';

/**
 * The values of a model of Keras while it becomes a graph. Keras has the channels of an image last, a graph has them
 * first: images are turned once at the beginning, and back before they are flattened. Neither moves a number.
 */
export class KerasScope {
  readonly file: string;
  readonly #builder: GraphBuilder;
  readonly #weights: ReadonlyMap<string, Constant>;
  readonly #used = new Set<string>();
  /** By the name of a layer, that of its value. */
  readonly #values = new Map<string, string>();

  /** @param shape - of an image, channels last */
  constructor(file: string, input: string, shape: Shape, weights: ReadonlyMap<string, Constant>) {
    this.file = file;
    this.#weights = weights;
    this.#builder = new GraphBuilder(file, { name: INPUT, shape, channels: 'last' });
    this.#values.set(input, this.#turned(INPUT, input));
  }

  /** The value of a layer before. */
  valueOf(layer: string): string {
    const value = this.#values.get(layer);
    if (value === undefined)
      throw new ModelError(`${this.file}: no layer before makes "${printable(layer)}"; save the model again`);
    return value;
  }

  shape(value: string): Shape {
    return this.#builder.shape(value)!;
  }

  /** Weights by their names behind that of the layer: `kernel`, `bias`. */
  weights(layer: string, name: string): Constant | undefined {
    const names = [`${layer}/${name}`, `${layer}/${layer}/${name}`];
    const found = names.find((each) => this.#weights.has(each));
    if (found === undefined) return undefined;
    this.#used.add(found);
    return this.#weights.get(found);
  }

  /** Adds operations one after the other, and names the last value after the layer. */
  add(layer: string, source: string, inputs: readonly string[], operations: readonly Operation[]): void {
    let values = inputs;
    operations.forEach((operation, i) => {
      const output = i === operations.length - 1 ? `${layer}:` : `${layer}:${i}`;
      this.#builder.add({ name: layer, source, inputs: values, output, operation });
      values = [output];
    });
    this.define(layer, values[0]);
  }

  define(layer: string, value: string): void {
    if (this.#values.has(layer))
      throw new ModelError(`${this.file}: has two layers "${printable(layer)}"; save the model again`);
    this.#values.set(layer, value);
  }

  unknown(layer: string, source: string, what: string): UnknownOperator {
    return unknown(this.file, { name: layer, source }, what);
  }

  refusal(layer: string, source: string, what: string): ModelError {
    return new ModelError(`${this.file}: ${called({ name: layer, source })} ${what}`);
  }

  /** @throws ModelError if the manifest has weights that no layer has used */
  build(layer: string): Graph {
    const left = [...this.#weights.keys()].find((name) => !this.#used.has(name));
    if (left !== undefined)
      throw new ModelError(`${this.file}: no layer uses the weights "${printable(left)}"; save the model again`);
    return this.#builder.build(this.valueOf(layer));
  }

  #turned(value: string, layer: string): string {
    if (this.shape(value).length !== 3) return value;
    const operation: Operation = { kind: 'transpose', order: [2, 0, 1] };
    this.#builder.add({ name: layer, source: 'InputLayer', inputs: [value], output: `${value}:`, operation });
    return `${value}:`;
  }
}

/** What flattens a value in the order of Keras. */
export const flattening = (shape: Shape): Operation[] => [
  ...(shape.length === 3 ? [{ kind: 'transpose', order: [1, 2, 0] } as const] : []),
  { kind: 'reshape', shape: [elementsOf(shape)] },
];
