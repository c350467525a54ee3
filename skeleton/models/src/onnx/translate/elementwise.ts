import type { Constant } from '../../graph/Constant.ts';
import type { ActivationName } from '../../operators/activation.ts';
import type { Arithmetic } from '../../operators/arithmetic.ts';
import { showShape } from '../../graph/Shape.ts';
import type { OnnxOperation } from '../OnnxOperation.ts';

type Translation = (operation: OnnxOperation) => void;

/** A function of each number, with the attributes that it may have and their defaults. */
export const activation =
  (name: ActivationName, alpha = 0, beta = 0, second: 'beta' | 'gamma' = 'beta'): Translation =>
  (operation) =>
    operation.becomes({
      kind: 'activation',
      function: name,
      alpha: operation.number('alpha', alpha),
      beta: operation.number(second, beta),
    });

export const relu: Translation = (operation) =>
  operation.becomes({ kind: 'activation', function: 'leaky-relu', alpha: 0, beta: 0 });

/** The limits are attributes before version 11, and inputs since. */
export function clip(operation: OnnxOperation): void {
  const limit = (name: 'min' | 'max', index: number, otherwise: number): number => {
    const given = operation.attribute(name)?.float ?? operation.constant(index)?.values[0];
    return given ?? otherwise;
  };
  const [alpha, beta] = [limit('min', 1, -Infinity), limit('max', 2, Infinity)];
  operation.becomes({ kind: 'activation', function: 'clip', alpha, beta });
}

export const softmax =
  (logarithm: boolean): Translation =>
  (operation) => {
    const rank = operation.shape().length;
    const axis = operation.axis(operation.integer('axis', operation.opset < 13 ? 1 : -1), rank);
    // Before version 13 all axes from this one on were one.
    if (operation.opset < 13 && axis !== rank - 1) throw operation.unknown('is a softmax over several axes');
    operation.becomes({ kind: 'softmax', axis, logarithm });
  };

/** An operation on two inputs, one of which may belong to the model. */
export const arithmetic =
  (name: Arithmetic['function']): Translation =>
  (operation) => {
    if (operation.node.inputs.length !== 2) throw operation.unknown(`has ${operation.node.inputs.length} inputs`);
    const at = [0, 1].find((index) => operation.input(index).kind !== 'value');
    if (at === undefined) {
      operation.becomes({ kind: 'arithmetic', function: name }, [0, 1]);
      return;
    }
    const other = 1 - at;
    const constant = { value: withoutImages(operation, at, operation.shape(other).length), isFirst: at === 0 };
    operation.becomes({ kind: 'arithmetic', function: name, constant }, [other]);
  };

/** A constant without the axis of the images, along which it must be the same. */
function withoutImages(operation: OnnxOperation, index: number, rank: number): Constant {
  const { shape, values } = operation.needed(index);
  if (shape.length <= rank) return { shape, values };
  if (shape.length > rank + 1 || shape[0] !== 1)
    throw operation.refusal(`combines images with ${showShape(shape)} numbers, which mixes them; check the model`);
  return { shape: shape.slice(1), values };
}
