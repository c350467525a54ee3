import { createRandom, Params, type Real, type RealConstructor } from '@im2grade/nn';
import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';

/** The parameters of SimpleConvNet, or their gradients, by name. */
export interface Parameters {
  readonly convWeight: Tensor;
  readonly convBias: Tensor;
  readonly fc1Weight: Tensor;
  readonly fc1Bias: Tensor;
  readonly fc2Weight: Tensor;
  readonly fc2Bias: Tensor;
}

type Shapes = Readonly<Record<keyof Parameters, readonly number[]>>;

/** 520 + 1,440,500 + 5,010 = 1,446,030 numbers. */
export const SHAPES: Shapes = {
  convWeight: [20, 1, 5, 5],
  convBias: [20],
  fc1Weight: [500, 2880],
  fc1Bias: [500],
  fc2Weight: [10, 500],
  fc2Bias: [10],
};

/** In the order of a flat array. */
export const NAMES = Object.keys(SHAPES) as (keyof Parameters)[];

export const PARAMETER_COUNT = NAMES.reduce((sum, name) => sum + sizeOf(SHAPES[name]), 0);

/** Parameters, all zero, allocated like those of the library's networks, so that products need no copy of them. */
export function zeroParameters(real: RealConstructor): Parameters {
  const layer = (weight: keyof Parameters, bias: keyof Parameters) => {
    const { weights, biases } = new Params(sizeOf(SHAPES[weight]), sizeOf(SHAPES[bias]), real);
    return { [weight]: tensor(SHAPES[weight], weights), [bias]: tensor(SHAPES[bias], biases) };
  };
  return {
    ...layer('convWeight', 'convBias'),
    ...layer('fc1Weight', 'fc1Bias'),
    ...layer('fc2Weight', 'fc2Bias'),
  } as unknown as Parameters;
}

/** Initial values as in PyTorch: weights and biases of a layer uniform in ±1/√(inputs of each output). */
export function initialParameters(seed: number, real: RealConstructor): Parameters {
  const parameters = zeroParameters(real);
  const random = createRandom(seed);
  for (const name of NAMES) {
    const weights = SHAPES[name.replace('Bias', 'Weight') as keyof Parameters];
    const bound = 1 / Math.sqrt(sizeOf(weights.slice(1)));
    const { data } = parameters[name];
    for (let i = 0; i < data.length; i++) data[i] = random.uniform(-bound, bound);
  }
  return parameters;
}

/** Writes all parameters into `flat`, in the order of `NAMES`. */
export function flatten(parameters: Parameters, flat: Real): void {
  let at = 0;
  for (const name of NAMES) {
    flat.set(parameters[name].data, at);
    at += parameters[name].data.length;
  }
}
