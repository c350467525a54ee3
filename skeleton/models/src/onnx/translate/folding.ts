import { eachIndex } from '../../graph/Constant.ts';
import { elementsOf, type Shape, showShape } from '../../graph/Shape.ts';
import type { OnnxOperation } from '../OnnxOperation.ts';
import { type Named, shapeOf, type Size } from '../OnnxScope.ts';
import { cast, filledIn, same, squeezed, unsqueezed } from './shapes.ts';

/** Numbers of the model itself: weights or sizes. */
type Numbers = Exclude<Named, { kind: 'value' }>;

/** Lists that a model computes for itself, like the margins of a padding, are short. */
const MOST_COMPUTED = 4096;
const LONG = 'makes a long list; check the model';

/** The same numbers in another shape. */
const shaped = (numbers: Numbers, shape: Shape): Numbers =>
  numbers.kind === 'sizes'
    ? { ...numbers, shape }
    : { kind: 'constant', constant: { shape, values: numbers.constant.values } };

/** Some of the numbers, by their places. */
function picked(operation: OnnxOperation, numbers: Numbers, shape: Shape, places: ArrayLike<number>): void {
  operation.scope.spend(places.length);
  if (numbers.kind === 'sizes') {
    operation.stands({ kind: 'sizes', shape, sizes: Array.from(places, (place) => numbers.sizes[place]) });
    return;
  }
  const { values } = numbers.constant;
  const moved = new Float32Array(places.length);
  for (let i = 0; i < moved.length; i++) moved[i] = values[places[i]];
  operation.stands({ kind: 'constant', constant: { shape, values: moved } });
}

function numbersIn(operation: OnnxOperation, index: number): Numbers {
  const named = operation.input(index);
  if (named.kind === 'value') throw operation.unknown(`does not have numbers of the model as input ${index}`);
  return named;
}

function few(operation: OnnxOperation, numbers: Numbers): Numbers {
  if (elementsOf(shapeOf(numbers)) > MOST_COMPUTED) throw operation.unknown('computes with weights of the model');
  return numbers;
}

function reshape(operation: OnnxOperation): void {
  const keepsZeros = operation.integer('allowzero', 0) !== 0;
  const numbers = numbersIn(operation, 0);
  const target = operation.sizes(1) ?? [];
  operation.stands(shaped(numbers, filledIn(operation, target, shapeOf(numbers), keepsZeros)));
}

function transpose(operation: OnnxOperation): void {
  const numbers = numbersIn(operation, 0);
  const shape = shapeOf(numbers);
  const perm = operation.integers('perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
  if (perm.length !== shape.length)
    throw operation.refusal(`has perm ${showShape(perm)} for ${showShape(shape)}; export the model again`);
  const order = operation.axesOfModel(perm, shape.length);
  const result = order.map((axis) => shape[axis]);
  const strides = order.map((axis) => elementsOf(shape.slice(axis + 1)));
  const places = new Int32Array(elementsOf(shape));
  eachIndex(result, strides, (index, place) => (places[index] = place));
  picked(operation, numbers, result, places);
}

function concat(operation: OnnxOperation): void {
  const all = operation.node.inputs.map((_, index) => few(operation, numbersIn(operation, index)));
  if (all.some((numbers) => shapeOf(numbers).length > 1) || new Set(all.map(({ kind }) => kind)).size !== 1)
    throw operation.unknown('puts tables of numbers together');
  operation.ignore('axis');
  if (all.reduce((sum, numbers) => sum + elementsOf(shapeOf(numbers)), 0) > MOST_COMPUTED)
    throw operation.refusal(LONG);
  const sizes = all.flatMap((numbers) => (numbers.kind === 'sizes' ? numbers.sizes : []));
  const values = all.flatMap((numbers) => (numbers.kind === 'constant' ? [...numbers.constant.values] : []));
  if (all[0].kind === 'sizes') operation.stands({ kind: 'sizes', shape: [sizes.length], sizes });
  else operation.stands({ kind: 'constant', constant: { shape: [values.length], values: Float32Array.from(values) } });
}

/** Rows along the first axis, by their numbers. */
function rows(operation: OnnxOperation, numbers: Numbers, wanted: readonly number[], isOne = false): void {
  const [count = 1, ...rest] = shapeOf(numbers);
  const size = elementsOf(rest);
  if (wanted.length * size > MOST_COMPUTED) throw operation.refusal(LONG);
  const found = wanted.map((row) => (row < 0 ? row + count : row));
  if (!found.every((row) => Number.isInteger(row) && row >= 0 && row < count))
    throw operation.refusal('takes a number that is not there; check the model');
  const places = found.flatMap((row) => Array.from({ length: size }, (_, i) => row * size + i));
  picked(operation, numbers, isOne ? rest : [found.length, ...rest], places);
}

function gather(operation: OnnxOperation): void {
  if (operation.integer('axis', 0) !== 0) throw operation.unknown('does not take rows');
  const [numbers, places] = [few(operation, numbersIn(operation, 0)), few(operation, numbersIn(operation, 1))];
  if (places.kind !== 'sizes' || places.shape.length > 1) throw operation.unknown('takes a table of places');
  rows(operation, numbers, places.sizes.map(Number), places.shape.length === 0);
}

/** In Python's manner: a place that is too far is the end, and a negative one is counted from it. */
function slice(operation: OnnxOperation): void {
  const numbers = few(operation, numbersIn(operation, 0));
  const given = (name: string, index: number, otherwise: number): number =>
    Number((operation.integers(name) ?? operation.sizes(index))?.[0] ?? otherwise);
  const [from, to, axis, step] = [
    given('starts', 1, 0),
    given('ends', 2, 0),
    given('axes', 3, 0),
    given('steps', 4, 1),
  ];
  const [count = 1] = shapeOf(numbers);
  if (axis !== 0 || !Number.isInteger(step) || step === 0) throw operation.unknown('does not take rows');
  const within = (place: number, least: number, most: number): number =>
    Math.min(Math.max(place < 0 ? place + count : place, least), most);
  const [least, most] = step > 0 ? [0, count] : [-1, count - 1];
  const [begin, end] = [within(from, least, most), within(to, least, most)];
  const wanted: number[] = [];
  for (let row = begin; step > 0 ? row < end : row > end; row += step) wanted.push(row);
  rows(operation, numbers, wanted);
}

function squeeze(operation: OnnxOperation): void {
  const numbers = numbersIn(operation, 0);
  const shape = shapeOf(numbers);
  const axes = operation.axes(1);
  const gone = axes && operation.axesOfModel(axes, shape.length);
  operation.stands(shaped(numbers, squeezed(operation, shape, gone)));
}

function unsqueeze(operation: OnnxOperation): void {
  const numbers = numbersIn(operation, 0);
  const shape = shapeOf(numbers);
  const axes = operation.axes(1) ?? [];
  operation.stands(shaped(numbers, unsqueezed(shape, operation.axesOfModel(axes, shape.length + axes.length))));
}

function constantOfShape(operation: OnnxOperation): void {
  const shape = (operation.sizes(0) ?? []).map(Number);
  const count = elementsOf(shape);
  const tensor = operation.attribute('value')?.tensor;
  const value = tensor ? operation.scope.read({ ...tensor, name: operation.node.name }) : undefined;
  if (!(count >= 0 && count <= MOST_COMPUTED))
    throw operation.refusal(`makes ${showShape(shape)} numbers; check the model`);
  if (value?.kind === 'sizes') {
    const sizes: Size[] = Array.from({ length: count }, () => value.sizes[0]);
    operation.stands({ kind: 'sizes', shape, sizes });
  } else {
    const values = new Float32Array(count).fill(value?.kind === 'constant' ? value.constant.values[0] : 0);
    operation.stands({ kind: 'constant', constant: { shape, values } });
  }
}

/** Operators that may compute numbers of the model from others, which is done at once. */
export const FOLDINGS: ReadonlyMap<string, (operation: OnnxOperation) => void> = new Map(
  Object.entries({
    Cast: cast,
    Concat: concat,
    ConstantOfShape: constantOfShape,
    Gather: gather,
    Identity: same,
    Reshape: reshape,
    Slice: slice,
    Squeeze: squeeze,
    Transpose: transpose,
    Unsqueeze: unsqueeze,
  }),
);
