import { conversion, type Layout, rowMajor, storedShape, stridesOf } from '../evaluate/Layout.ts';
import { type Constant, eachIndex } from '../graph/Constant.ts';
import { elementsOf, isSameShape, type Shape, showShape } from '../graph/Shape.ts';
import { Misfit, type Operator, type Prepared } from './Operator.ts';

/** One number from two, element by element; an axis of size 1 is repeated, as in NumPy. */
export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly function: keyof typeof FUNCTIONS;
  /** Takes the place of one of the two values. */
  readonly constant?: { readonly value: Constant; readonly isFirst: boolean };
}

const FUNCTIONS = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  power: Math.pow,
  /** A ReLU with a slope that was learned. */
  prelu: (x: number, slope: number) => (x > 0 ? x : slope * x),
};

const PACE = 30;

export const arithmetic: Operator<Arithmetic> = {
  shape(operation, inputs) {
    const operands = operandsOf(operation, inputs);
    if (operands.length !== 2) throw new Misfit(`has ${operands.length} inputs; it needs two`);
    const [a, b] = operands;
    // The axis of the images comes first: behind a longer shape it would meet another axis.
    const isShorter = inputs.some(({ length }) => length < Math.max(a.length, b.length));
    if (isShorter) throw new Misfit(`combines ${showShape(a)} with ${showShape(b)}, which mixes images`);
    return broadcast(a, b);
  },

  work: (_, __, output) => elementsOf(output) * PACE,

  parameters: ({ constant }) => constant?.value.values.length ?? 0,

  prepare(operation, inputs, shape) {
    const { function: name, constant } = operation;
    if (constant) return withConstant(FUNCTIONS[name], constant, inputs[0], shape);
    const [a, b] = inputs;
    return isSameShape(a.shape, b.shape) ? alike(FUNCTIONS[name], a, b) : unlike(FUNCTIONS[name], a, b, shape);
  },
};

function operandsOf({ constant }: Arithmetic, inputs: readonly Shape[]): Shape[] {
  if (!constant) return [...inputs];
  return constant.isFirst ? [constant.value.shape, ...inputs] : [...inputs, constant.value.shape];
}

function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [x, y] = [a, b].map((shape) => shape.at(i - rank) ?? 1);
    if (x !== y && x !== 1 && y !== 1) throw new Misfit(`combines ${showShape(a)} with ${showShape(b)}`);
    return x === 1 ? y : x;
  });
}

type Function = (a: number, b: number) => number;

function alike(compute: Function, a: Layout, b: Layout): Prepared {
  const from = conversion(b, a);
  return {
    layout: a,
    run([left, given], count, take) {
      const right = from(given, count, take);
      const result = take(left.length);
      for (let i = 0; i < result.length; i++) result[i] = compute(left[i], right[i]);
      return result;
    },
  };
}

/** The order of the value is kept if it has the result's shape. */
function withConstant(
  compute: Function,
  { value, isFirst }: Required<Arithmetic>['constant'],
  input: Layout,
  shape: Shape,
): Prepared {
  const layout = isSameShape(input.shape, shape) ? input : rowMajor(shape);
  const [places, size] = [repeated(input, layout), elementsOf(input.shape)];
  const constants = Float32Array.from(repeated(rowMajor(value.shape), layout), (place) => value.values[place]);
  return {
    layout,
    run([values], count, take) {
      const result = take(count * places.length);
      let at = 0;
      for (let image = 0; image < count; image++)
        for (let i = 0; i < places.length; i++, at++) {
          const x = values[image * size + places[i]];
          result[at] = isFirst ? compute(constants[i], x) : compute(x, constants[i]);
        }
      return result;
    },
  };
}

function unlike(compute: Function, a: Layout, b: Layout, shape: Shape): Prepared {
  const layout = [a, b].find((each) => isSameShape(each.shape, shape)) ?? rowMajor(shape);
  const [left, right] = [repeated(a, layout), repeated(b, layout)];
  const sizes = [elementsOf(a.shape), elementsOf(b.shape)];
  return {
    layout,
    run([x, y], count, take) {
      const result = take(count * left.length);
      let at = 0;
      for (let image = 0; image < count; image++)
        for (let i = 0; i < left.length; i++, at++)
          result[at] = compute(x[image * sizes[0] + left[i]], y[image * sizes[1] + right[i]]);
      return result;
    },
  };
}

/** For each element of the result as it is stored, the place of the operand's element. */
function repeated(operand: Layout, result: Layout): Int32Array {
  const missing = result.shape.length - operand.shape.length;
  const own = stridesOf(operand).map((stride, axis) => (operand.shape[axis] === 1 ? 0 : stride));
  const strides = result.order.map((axis) => (axis < missing ? 0 : own[axis - missing]));
  const places = new Int32Array(elementsOf(result.shape));
  eachIndex(storedShape(result), strides, (index, place) => (places[index] = place));
  return places;
}
