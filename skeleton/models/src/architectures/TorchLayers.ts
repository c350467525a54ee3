import { type NamedTensors, printable } from '@im2grade/formats';
import { transposed } from '../graph/Constant.ts';
import type { Graph } from '../graph/Graph.ts';
import { GraphBuilder } from '../graph/GraphBuilder.ts';
import { requireFinite } from '../graph/requireFinite.ts';
import type { Shape } from '../graph/Shape.ts';
import { ModelError } from '../ModelError.ts';
import type { Operation } from '../operators/Operation.ts';
import type { Pair } from '../operators/Window.ts';

interface Sliding {
  readonly stride?: number;
  readonly padding?: number;
}

const IMAGES = 'images';

/** Makes a graph of layers whose tensors have the names that PyTorch gives them: `conv1.weight`, `bn1.running_mean`. */
export class TorchLayers {
  readonly #file: string;
  readonly #tensors: NamedTensors['tensors'];
  readonly #builder: GraphBuilder;
  readonly #unused: Set<string>;
  #value = IMAGES;
  #count = 0;

  /** @param input - channels, rows, columns of an image */
  constructor(file: string, { tensors }: NamedTensors, input: Shape) {
    this.#file = file;
    this.#tensors = tensors;
    this.#unused = new Set(Object.keys(tensors));
    this.#builder = new GraphBuilder(file, { name: IMAGES, shape: input, channels: 'first' });
  }

  /** The value that the next layer gets; setting it leads back to an earlier one. */
  get value(): string {
    return this.#value;
  }
  set value(name: string) {
    this.#value = name;
  }

  get shape(): Shape {
    return this.#builder.shape(this.#value)!;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#tensors, name);
  }

  shapeOf(name: string): Shape {
    if (!this.has(name)) throw new ModelError(`${this.#file}: has no ${printable(name)}; is it of this architecture?`);
    return this.#tensors[name].shape;
  }

  convolution(name: string, { stride = 1, padding = 0, dilation = 1, groups = 1 } = {}): void {
    const shape = this.shapeOf(`${name}.weight`);
    this.#add(name, 'conv2d', {
      kind: 'convolution',
      weights: { shape, values: this.#numbers(`${name}.weight`) },
      biases: this.#optional(`${name}.bias`),
      window: windowOf([shape[2] ?? 0, shape[3] ?? 0], { stride, padding }, dilation),
      groups,
    });
  }

  batchNorm(name: string, epsilon = 1e-5): void {
    this.#unused.delete(`${name}.num_batches_tracked`);
    const [scale, shift, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((part) =>
      this.#numbers(`${name}.${part}`),
    );
    this.#add(name, 'batch norm', { kind: 'batch-norm', scale, shift, mean, variance, epsilon });
  }

  linear(name: string): void {
    const shape = this.shapeOf(`${name}.weight`);
    if (shape.length !== 2)
      throw new ModelError(`${this.#file}: ${printable(name)}.weight is no matrix; check the architecture`);
    const weights = transposed({ shape, values: this.#numbers(`${name}.weight`) }, [1, 0]);
    this.#add(name, 'linear', { kind: 'dense', weights, biases: this.#optional(`${name}.bias`) });
  }

  pool(
    name: 'max' | 'mean',
    size: number,
    { stride = size, padding = 0, ceil = false }: Sliding & { ceil?: boolean },
  ): void {
    const window = windowOf([size, size], { stride, padding });
    this.#add('', `${name} pool`, { kind: 'pooling', function: name, window, ceil, countsPadding: true });
  }

  /** A layer without tensors. */
  add(source: string, operation: Operation): void {
    this.#add('', source, operation);
  }

  /** The sum with another value. */
  plus(other: string): void {
    const added = [this.#value, other];
    this.#add('', 'add', { kind: 'arithmetic', function: 'add' }, added);
  }

  /** @throws ModelError if tensors are left that no layer has used */
  build(): Graph {
    const [left] = this.#unused;
    if (left !== undefined)
      throw new ModelError(
        `${this.#file}: has ${printable(left)}, which the architecture does not use; is it of this architecture?`,
      );
    return this.#builder.build(this.#value);
  }

  #add(name: string, source: string, operation: Operation, inputs = [this.#value]): void {
    const output = `${++this.#count}`;
    this.#builder.add({ name: name || `layer ${output}`, source, inputs, output, operation });
    this.#value = output;
  }

  #optional(name: string): Float32Array | undefined {
    return this.has(name) ? this.#numbers(name) : undefined;
  }

  #numbers(name: string): Float32Array {
    this.shapeOf(name);
    this.#unused.delete(name);
    const values = Float32Array.from(this.#tensors[name].data);
    requireFinite(this.#file, name, values);
    return values;
  }
}

function windowOf(size: Pair, { stride, padding }: Required<Sliding>, dilation = 1) {
  const both: Pair = [padding, padding];
  return { size, strides: [stride, stride], dilations: [dilation, dilation], padding: [both, both] } as const;
}
