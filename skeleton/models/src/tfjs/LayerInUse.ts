import { printable } from '@im2grade/formats';
import * as z from 'zod';
import type { Constant } from '../graph/Constant.ts';
import type { Shape } from '../graph/Shape.ts';
import type { ModelError, UnknownOperator } from '../ModelError.ts';
import type { Operation } from '../operators/Operation.ts';
import type { KerasScope } from './KerasScope.ts';
import type { KerasLayer } from './Topology.ts';

/** Settings of any layer that do not matter once a model is trained. */
const HARMLESS = /^(?:name|trainable|dtype|batch_input_shape|batch_shape|.*_(?:initializer|regularizer|constraint))$/u;

/**
 * A layer with the values that it takes. Settings are taken one by one; one that is not taken would change what the layer
 * computes, and makes it unknown.
 */
export class LayerInUse {
  /** The class of the layer. */
  readonly source: string;
  readonly inputs: readonly string[];
  readonly #name: string;
  readonly #scope: KerasScope;
  readonly #left: Map<string, unknown>;

  constructor(name: string, layer: KerasLayer, inputs: readonly string[], scope: KerasScope) {
    this.#name = name;
    this.inputs = inputs;
    this.#scope = scope;
    this.source = layer.class_name;
    this.#left = new Map(Object.entries(layer.config).filter(([key]) => !HARMLESS.test(key)));
  }

  /** Of the first value, channels first. */
  get shape(): Shape {
    return this.#scope.shape(this.inputs[0]);
  }

  /**
   * A setting that the layer must have, unless the schema admits that it is left out.
   *
   * @throws UnknownOperator if it is none that is known
   */
  setting<T>(key: string, schema: z.ZodType<T>): T {
    const given = this.#left.get(key);
    this.#left.delete(key);
    const value = schema.safeParse(given);
    if (value.success) return value.data;
    throw this.unknown(`has ${key} = ${shown(given)}`);
  }

  /** Settings that do not matter once a model is trained, or that the shapes of the weights repeat. */
  ignore(...keys: readonly string[]): void {
    for (const key of keys) this.#left.delete(key);
  }

  /** The last axis of Keras, as an axis of the shape. */
  get lastAxis(): number {
    return this.shape.length === 3 ? 0 : this.shape.length - 1;
  }

  /**
   * The setting `axis` as an axis of the shape: Keras counts that of the images, and has channels last.
   *
   * @throws UnknownOperator if it is no axis of an image
   */
  axis(): number {
    const rank = this.shape.length;
    const Axis = z
      .number()
      .int()
      .min(-rank)
      .max(rank)
      .refine((axis) => axis !== 0);
    const given = this.setting('axis', Axis.or(z.tuple([Axis]).transform(([axis]) => axis)).nullish()) ?? -1;
    const axis = given < 0 ? given + rank : given - 1;
    return rank === 3 ? (axis + 1) % 3 : axis;
  }

  /** @throws ModelError if the file has no such weights */
  needed(name: string): Constant {
    const found = this.#scope.weights(this.#name, name);
    if (!found) throw this.refusal(`has no ${name}; save the model again`);
    return found;
  }

  /** Weights that the layer has if a setting is on, which it is if it is left out. */
  neededIf(key: string, name: string): Float32Array | undefined {
    return (this.setting(key, z.boolean().nullish()) ?? true) ? this.needed(name).values : undefined;
  }

  /** The layer computes this, one operation after the other. */
  becomes(...operations: readonly Operation[]): void {
    if (operations.length > 0) this.#scope.add(this.#name, this.source, this.inputs, operations);
    else if (this.inputs.length === 1) this.#scope.define(this.#name, this.inputs[0]);
    else throw this.refusal(`has ${this.inputs.length} inputs; it needs one: save the model again`);
  }

  unknown(what: string): UnknownOperator {
    return this.#scope.unknown(this.#name, this.source, what);
  }

  refusal(what: string): ModelError {
    return this.#scope.refusal(this.#name, this.source, what);
  }

  /** Called when the layer has been read. What is null or false switches nothing on. */
  finish(): void {
    const left = [...this.#left].find(([, value]) => value !== null && value !== false);
    if (left) throw this.unknown(`has ${printable(left[0])} = ${shown(left[1])}`);
  }
}

/** A setting in a message: what is within lists and objects is not looked at, however deep they are. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return printable(`[${value.slice(0, 8).map(shownWithin).join(',')}]`, 40);
  return printable(shownWithin(value), 40);
}

const shownWithin = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  return Array.isArray(value) ? '[...]' : '{...}';
};
