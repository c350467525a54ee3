import * as z from 'zod';
import type { Operation } from '../operators/Operation.ts';
import type { LayerInUse } from './LayerInUse.ts';

type Activation = Extract<Operation, { kind: 'activation' }>;

/** By the names of Keras. */
const ACTIVATIONS: Readonly<Record<string, Omit<Activation, 'kind'>>> = {
  relu: { function: 'leaky-relu', alpha: 0, beta: 0 },
  relu6: { function: 'clip', alpha: 0, beta: 6 },
  sigmoid: { function: 'sigmoid', alpha: 0, beta: 0 },
  tanh: { function: 'tanh', alpha: 0, beta: 0 },
  elu: { function: 'elu', alpha: 1, beta: 0 },
  selu: { function: 'selu', alpha: 1.6732632423543772, beta: 1.0507009873554805 },
  softplus: { function: 'softplus', alpha: 0, beta: 0 },
  swish: { function: 'swish', alpha: 0, beta: 0 },
};
const Name = z.enum(['linear', 'softmax', ...Object.keys(ACTIVATIONS)]);
const Slope = z.number().nonnegative().nullish();

/**
 * What the setting `activation` stands for.
 *
 * @param axis - along which probabilities add up to one: the first for images, which have their channels first
 */
export function activationOf(use: LayerInUse, axis = 0): Operation[] {
  const name = use.setting('activation', Name.nullish()) ?? 'linear';
  if (name === 'linear') return [];
  if (name === 'softmax') return [{ kind: 'softmax', axis, logarithm: false }];
  return [{ kind: 'activation', ...ACTIVATIONS[name] }];
}

export function relu(use: LayerInUse): void {
  use.setting('threshold', z.literal(0).nullish());
  const most = use.setting('max_value', z.number().nonnegative().nullish()) ?? Infinity;
  const alpha = use.setting('negative_slope', Slope) ?? 0;
  if (most === Infinity) use.becomes({ kind: 'activation', function: 'leaky-relu', alpha, beta: 0 });
  else if (alpha === 0) use.becomes({ kind: 'activation', function: 'clip', alpha, beta: most });
  else
    use.becomes(
      { kind: 'activation', function: 'leaky-relu', alpha, beta: 0 },
      { kind: 'activation', function: 'clip', alpha: -Infinity, beta: most },
    );
}

/** Its slope is `alpha` up to Keras 2, and `negative_slope` since. */
export function leakyRelu(use: LayerInUse): void {
  const alpha = use.setting('negative_slope', Slope) ?? use.setting('alpha', z.number().nullish()) ?? 0.3;
  use.becomes({ kind: 'activation', function: 'leaky-relu', alpha, beta: 0 });
}

export const softmax = (use: LayerInUse): void => use.becomes({ kind: 'softmax', axis: use.axis(), logarithm: false });
