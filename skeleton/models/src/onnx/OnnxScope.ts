import { printable } from '@im2grade/formats';
import type { Constant } from '../graph/Constant.ts';
import type { Graph } from '../graph/Graph.ts';
import { GraphBuilder } from '../graph/GraphBuilder.ts';
import { LIMITS } from '../graph/limits.ts';
import type { Shape } from '../graph/Shape.ts';
import { requireFinite } from '../graph/requireFinite.ts';
import { ModelError } from '../ModelError.ts';
import { type Files, numbersOf, type TensorNumbers } from './numbersOf.ts';
import type { OnnxModel, OnnxTensor } from './OnnxModel.ts';

/** A size that a model computes for itself: a number, or that of the axis of the images. */
export type Size = number | 'images';

/** What a name stands for: numbers of an image, numbers of the model, or sizes. */
export type Named =
  | { readonly kind: 'value'; readonly value: string; readonly shape: Shape }
  | { readonly kind: 'constant'; readonly constant: Constant }
  | { readonly kind: 'sizes'; readonly shape: Shape; readonly sizes: readonly Size[] };

/** A value's shape is that for one image. */
export const shapeOf = (named: Named): Shape => (named.kind === 'constant' ? named.constant.shape : named.shape);

/** A list of sizes is short. */
const MOST_SIZES = 64;

/** The names of a model, from its input to its output. */
export class OnnxScope {
  readonly opset: number;
  readonly builder: GraphBuilder;
  readonly file: string;
  /** The number of images that the model was exported for, if it was. */
  readonly images: number | undefined;
  readonly #names = new Map<string, Named>();
  readonly #tensors: OnnxModel['initializers'];
  readonly #files: Files;
  #numbers = 0;

  constructor(file: string, model: OnnxModel, files: Files, input: Graph['input'], images: number | undefined) {
    this.file = file;
    this.opset = model.opset;
    this.images = images;
    this.builder = new GraphBuilder(file, input);
    this.#tensors = model.initializers;
    this.#files = files;
    this.define(input.name, { kind: 'value', value: input.name, shape: input.shape });
  }

  define(name: string, named: Named): void {
    if (this.#names.has(name) || this.#tensors.has(name))
      throw new ModelError(`${this.file}: "${printable(name)}" is made twice; export the model again`);
    this.#names.set(name, named);
  }

  /** @throws ModelError if it is a tensor that cannot be read */
  find(name: string): Named | undefined {
    const known = this.#names.get(name);
    if (known) return known;
    const tensor = this.#tensors.get(name);
    if (!tensor) return undefined;
    const named = this.read({ ...tensor, name });
    this.#names.set(name, named);
    return named;
  }

  /**
   * Counts numbers of the model that are read or moved.
   *
   * @throws ModelError if there are too many
   */
  spend(count: number): void {
    this.#numbers += count;
    if (this.#numbers > LIMITS.parameters)
      throw new ModelError(
        `${this.file}: its tensors have more than ${LIMITS.parameters.toLocaleString('en')} numbers; make the model smaller`,
      );
  }

  /** What a tensor of the file stands for. */
  read(tensor: OnnxTensor): Named {
    const numbers = numbersOf(this.file, tensor, this.#files);
    this.spend(numbers.values.length);
    if (numbers.isInteger) return this.#sizes(tensor, numbers);
    const values = Float32Array.from(numbers.values);
    requireFinite(this.file, tensor.name, values);
    return { kind: 'constant', constant: { shape: numbers.sizes, values } };
  }

  #sizes({ name }: OnnxTensor, { sizes: shape, values }: TensorNumbers): Named {
    if (values.length > MOST_SIZES)
      throw new ModelError(
        `${this.file}: the tensor "${printable(name)}" holds ${values.length} integers; weights must be real numbers`,
      );
    return { kind: 'sizes', shape, sizes: [...values] };
  }
}
