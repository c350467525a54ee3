import type { Shape } from '../graph/Shape.ts';
import type { Layout } from '../evaluate/Layout.ts';

/** Sizes that do not fit an operation; the message does not name the node. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** Gives an array that holds anything, for a result that is written whole. */
export type Take = (length: number) => Float32Array;

/** An operation made ready for inputs that are laid out in a certain way. */
export interface Prepared {
  readonly layout: Layout;
  /** Computes the values of `count` images; inputs are never changed. */
  readonly run: (inputs: readonly Float32Array[], count: number, take: Take) => Float32Array;
}

/** All that is known about one kind of operation. Sizes are those of one image. */
export interface Operator<O> {
  /** @throws Misfit if the inputs do not fit */
  shape(operation: O, inputs: readonly Shape[]): Shape;
  /** Multiply-adds, or steps that take as long. */
  work(operation: O, inputs: readonly Shape[], output: Shape): number;
  /** Numbers that were learned or measured in training; 0 if left out. */
  parameters?(operation: O): number;
  prepare(operation: O, inputs: readonly Layout[], output: Shape): Prepared;
}

/** Allows an operation one input. */
export function only(inputs: readonly Shape[]): Shape {
  if (inputs.length !== 1) throw new Misfit(`has ${inputs.length} inputs; it needs one`);
  return inputs[0];
}
