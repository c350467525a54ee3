import { printable } from '@im2grade/formats';
import type { Constant } from '../graph/Constant.ts';
import { called, unknown } from '../graph/GraphBuilder.ts';
import type { Shape } from '../graph/Shape.ts';
import { ModelError, type UnknownOperator } from '../ModelError.ts';
import type { Operation } from '../operators/Operation.ts';
import { MOST_AXES } from './numbersOf.ts';
import type { OnnxAttribute, OnnxNode } from './OnnxModel.ts';
import { type Named, type OnnxScope, shapeOf, type Size } from './OnnxScope.ts';

/**
 * A node among the names that were made before it: what the translation of its operator reads. Attributes are taken one by
 * one; one that is not taken would change what the node computes, and makes it unknown.
 */
export class OnnxOperation {
  readonly node: OnnxNode;
  readonly scope: OnnxScope;
  readonly #left: Map<string, OnnxAttribute>;

  constructor(node: OnnxNode, scope: OnnxScope) {
    this.node = node;
    this.scope = scope;
    this.#left = new Map(node.attributes);
  }

  get opset(): number {
    return this.scope.opset;
  }

  refusal(what: string): ModelError {
    return new ModelError(`${this.scope.file}: ${this.#called} ${what}`);
  }

  unknown(what: string): UnknownOperator {
    return unknown(this.scope.file, { name: this.node.name, source: this.node.operator }, what);
  }

  /** What an input stands for, if it is given. */
  optional(index: number): Named | undefined {
    const name = this.node.inputs[index];
    if (name === undefined || name === '') return undefined;
    const named = this.scope.find(name);
    if (!named) throw this.refusal(`needs "${printable(name)}", which no node before it makes; export the model again`);
    return named;
  }

  input(index: number): Named {
    const named = this.optional(index);
    if (!named) throw this.refusal(`has no input ${index}; export the model again`);
    return named;
  }

  /** Whether it has inputs and all are numbers of the model itself. */
  get isOfModel(): boolean {
    const inputs = this.node.inputs.map((_, index) => this.optional(index));
    return inputs.length > 0 && inputs.every((named) => named?.kind !== 'value');
  }

  /** The shape of an input that differs from image to image. */
  shape(index = 0): Shape {
    const named = this.input(index);
    if (named.kind !== 'value') throw this.unknown(`has no value of an image as input ${index}`);
    return named.shape;
  }

  constant(index: number): Constant | undefined {
    const named = this.optional(index);
    if (!named) return undefined;
    if (named.kind !== 'constant') throw this.unknown(`does not have weights of the model as input ${index}`);
    return named.constant;
  }

  needed(index: number): Constant {
    const constant = this.constant(index);
    if (!constant) throw this.refusal(`has no weights as input ${index}; export the model again`);
    return constant;
  }

  /** Sizes that are an input, all known. */
  sizes(index: number): readonly Size[] | undefined {
    const named = this.optional(index);
    if (!named) return undefined;
    if (named.kind !== 'sizes') throw this.unknown(`does not have fixed sizes as input ${index}`);
    return named.sizes;
  }

  integers(name: string): readonly number[] | undefined {
    return this.#take(name)?.integers;
  }

  integer(name: string, otherwise: number): number {
    return this.#take(name)?.integer ?? otherwise;
  }

  number(name: string, otherwise: number): number {
    const value = this.#take(name)?.float ?? otherwise;
    if (!Number.isFinite(value)) throw this.refusal(`has ${name} = ${value}; check the model`);
    return value;
  }

  text(name: string, otherwise: string): string {
    return printable(this.#take(name)?.text ?? otherwise);
  }

  attribute(name: string): OnnxAttribute | undefined {
    return this.#take(name);
  }

  /** Attributes that do not matter once a model is trained. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#left.delete(name);
  }

  /**
   * Axes as the file counts them, from an attribute in old versions and an input in new ones.
   *
   * @throws ModelError if they are more than any value has
   */
  axes(index: number): readonly number[] | undefined {
    const given = this.integers('axes') ?? this.sizes(index);
    if (given?.includes('images')) throw this.unknown('has an axis that depends on the images');
    if (given && given.length > MOST_AXES)
      throw this.refusal(`names ${given.length} axes; at most ${MOST_AXES} are read: check the model`);
    return given as readonly number[] | undefined;
  }

  /**
   * Axes of numbers of the model, counted from the front.
   *
   * @throws ModelError if one is not there, or is there twice
   */
  axesOfModel(axes: readonly number[], rank: number): readonly number[] {
    const places = axes.map((axis) => (axis < 0 ? axis + rank : axis));
    const missing = places.findIndex((axis) => !Number.isInteger(axis) || axis < 0 || axis >= rank);
    if (missing >= 0) throw this.refusal(`works along axis ${axes[missing]} of ${rank}; check the model`);
    return this.#distinct(places, axes);
  }

  /** Axes without that of the images, counted from the front, as `axis` does it; each may be there once. */
  axesOfImages(axes: readonly number[], rank: number): readonly number[] {
    const places = axes.map((axis) => this.axis(axis, rank));
    return this.#distinct(places, axes);
  }

  /** An axis without that of the images, counted from the front. */
  axis(given: number, rank: number): number {
    const axis = given < 0 ? given + rank : given - 1;
    if (!Number.isInteger(axis) || axis < 0 || axis >= rank)
      throw this.refusal(`works along axis ${given}, which mixes images or is not there; check the model`);
    return axis;
  }

  /** The node computes this from some of its inputs. */
  becomes(operation: Operation, inputs: readonly number[] = [0]): void {
    const output = this.node.outputs[0] ?? '';
    const values = inputs.map((index) => this.#valueOf(index));
    this.scope.builder.add({ name: this.node.name, source: this.node.operator, inputs: values, output, operation });
    this.stands({ kind: 'value', value: output, shape: this.scope.builder.shape(output)! });
  }

  /** The node's output is this, and nothing needs to be computed. */
  stands(named: Named): void {
    const [output] = this.node.outputs;
    if (output === undefined) throw this.refusal('has no output; export the model again');
    const axes = shapeOf(named).length;
    if (axes > MOST_AXES) throw this.refusal(`makes ${axes} axes; at most ${MOST_AXES} are read: check the model`);
    this.scope.define(output, named);
  }

  /** Called when the translation is done. */
  finish(): void {
    const [left] = this.#left.keys();
    if (left !== undefined) throw this.unknown(`has the attribute "${printable(left)}"`);
  }

  #distinct(places: readonly number[], axes: readonly number[]): readonly number[] {
    if (new Set(places).size === places.length) return places;
    throw this.refusal(`names an axis twice among ${axes.join(', ')}; check the model`);
  }

  #valueOf(index: number): string {
    const named = this.input(index);
    if (named.kind !== 'value') throw this.unknown(`has no value of an image as input ${index}`);
    return named.value;
  }

  #take(name: string): OnnxAttribute | undefined {
    const attribute = this.#left.get(name);
    this.#left.delete(name);
    return attribute;
  }

  get #called(): string {
    return called({ name: this.node.name, source: this.node.operator });
  }
}
