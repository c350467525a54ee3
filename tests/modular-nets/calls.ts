import { type NetworkDescription, sizesOf, unitsOf } from '@im2grade/layers';
import { sizeOf, type Tensor } from '@im2grade/tensor';
import type { Call, Values } from '@im2grade/kit';

type Shape = readonly number[];
export type Method = 1 | 2;

/** A call of the assignment's entry: tensors in, and the shapes of those that come out. */
function callOf(name: string, inputs: readonly Tensor[], outputs: readonly Shape[], options: object = {}): Call {
  return {
    name,
    options: { ...options, inputs: inputs.map(({ shape }) => shape), outputs },
    inputs: inputs.map(({ data }) => data),
    outputs: doubles(...outputs.map(sizeOf)),
  };
}

const doubles = (...lengths: number[]): Call['outputs'] => lengths.map((length) => ({ dtype: 'float64', length }));

/** How many parameters a network has. */
function parameterCount(model: NetworkDescription): number {
  const sizes = sizesOf(model);
  return model.network.reduce((sum, layer, i) => {
    if (layer.type === 'MAXPOOL') return sum;
    const each = layer.type === 'FC' ? unitsOf(sizes[i]) : sizes[i].num_channels * layer.kernel_size ** 2;
    return sum + layer.num_channels * (each + 1);
  }, 0);
}

/** A batch for a network: all its parameters, images and labels. */
type Batch = readonly [parameters: Float64Array, images: Float64Array, labels: Uint8Array];

/** The functions of the assignment's entry, as calls. */
export const calls = {
  /** Output: z. */
  fullyConnectedUp: (x: Tensor, weights: Tensor, bias: Tensor): Call =>
    callOf('fullyConnectedUp', [x, weights, bias], [[x.shape[0], weights.shape[0]]]),

  /** Outputs: derivatives of inputs, weights and bias. */
  fullyConnectedDown: (above: Tensor, x: Tensor, weights: Tensor, bias: Tensor): Call =>
    callOf('fullyConnectedDown', [above, x, weights, bias], [x.shape, weights.shape, bias.shape]),

  /** Output: z. */
  convolutionUp(method: Method, x: Tensor, weights: Tensor, bias: Tensor, padding: number): Call {
    const [N, , Y, X] = x.shape;
    const [K, , k] = weights.shape;
    const z = [N, K, Y + 2 * padding - k + 1, X + 2 * padding - k + 1];
    return callOf(`convMethod${method}Up`, [x, weights, bias], [z], { padding });
  },

  /** Outputs: derivatives of inputs, weights and bias. */
  convolutionDown: (method: Method, above: Tensor, x: Tensor, weights: Tensor, bias: Tensor, padding: number): Call =>
    callOf(`convMethod${method}Down`, [above, x, weights, bias], [x.shape, weights.shape, bias.shape], { padding }),

  /** Outputs: what each layer puts out, activated. */
  fprop: (model: NetworkDescription, batch: Batch): Call => ({
    name: 'fprop',
    options: { model },
    inputs: [...batch],
    outputs: doubles(
      ...sizesOf(model)
        .slice(1)
        .map((size) => batch[2].length * unitsOf(size)),
    ),
  }),

  /** Outputs: the gradients of all parameters, and the derivatives of the images. */
  bprop: (model: NetworkDescription, batch: Batch): Call => ({
    name: 'bprop',
    options: { model },
    inputs: [...batch],
    outputs: doubles(parameterCount(model), batch[1].length),
  }),

  /** Outputs: the parameters, then the mean cross-entropy of each batch as it came. */
  train(
    model: NetworkDescription,
    plan: { readonly max_epochs: number; readonly batch_size: number; readonly seed: number },
    digits: { readonly images: Values; readonly labels: Uint8Array },
    deadlineSeconds: number,
  ): Call {
    const steps = plan.max_epochs * Math.ceil(digits.labels.length / plan.batch_size);
    return {
      name: 'train',
      options: { model, ...plan },
      inputs: [digits.images, digits.labels],
      outputs: doubles(parameterCount(model), steps),
      deadlineSeconds,
    };
  },

  /** Output: mean cross-entropy and accuracy. */
  evaluate: (
    model: NetworkDescription,
    [parameters, images, labels]: readonly [Float64Array, Values, Uint8Array],
    deadlineSeconds: number,
  ): Call => ({
    name: 'evaluate',
    options: { model },
    inputs: [parameters, images, labels],
    outputs: doubles(2),
    deadlineSeconds,
  }),
};
