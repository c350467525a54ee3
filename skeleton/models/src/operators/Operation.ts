import type { Shape } from '../graph/Shape.ts';
import type { Layout } from '../evaluate/Layout.ts';
import { activation, type Activation } from './activation.ts';
import { arithmetic, type Arithmetic } from './arithmetic.ts';
import { batchNorm, type BatchNorm } from './batchNorm.ts';
import { concatenation, type Concatenation } from './concatenation.ts';
import { convolution, type Convolution } from './convolution.ts';
import { dense, type Dense } from './dense.ts';
import type { Operator, Prepared } from './Operator.ts';
import { padding, type Padding } from './padding.ts';
import { pooling, type Pooling } from './pooling.ts';
import { reduction, type Reduction } from './reduction.ts';
import { reshape, type Reshape, transpose, type Transpose } from './reordering.ts';
import { resampling, type Resampling } from './resampling.ts';
import { softmax, type Softmax } from './softmax.ts';

/** What a node computes, with its weights. */
export type Operation =
  | Activation
  | Arithmetic
  | BatchNorm
  | Concatenation
  | Convolution
  | Dense
  | Padding
  | Pooling
  | Reduction
  | Resampling
  | Reshape
  | Softmax
  | Transpose;

type Kind = Operation['kind'];

const OPERATORS: { readonly [K in Kind]: Operator<Extract<Operation, { kind: K }>> } = {
  activation,
  arithmetic,
  'batch-norm': batchNorm,
  concatenation,
  convolution,
  dense,
  padding,
  pooling,
  reduction,
  resampling,
  reshape,
  softmax,
  transpose,
};

/** The operator of an operation, which knows its kind. */
const operatorOf = ({ kind }: Operation): Operator<Operation> => OPERATORS[kind] as Operator<Operation>;

/** @throws Misfit if the inputs do not fit, UnknownOperator if the operator is not known for such inputs */
export const shapeOf = (operation: Operation, inputs: readonly Shape[]): Shape =>
  operatorOf(operation).shape(operation, inputs);

/** Multiply-adds for an image, or steps that take as long. */
export const workOf = (operation: Operation, inputs: readonly Shape[], output: Shape): number =>
  operatorOf(operation).work(operation, inputs, output);

/** Numbers that were learned. */
export const parametersOf = (operation: Operation): number => operatorOf(operation).parameters?.(operation) ?? 0;

export const prepared = (operation: Operation, inputs: readonly Layout[], output: Shape): Prepared =>
  operatorOf(operation).prepare(operation, inputs, output);
