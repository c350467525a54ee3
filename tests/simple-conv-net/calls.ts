import type { Real } from '@im2grade/nn';
import { type Stages, STAGES } from '@im2grade/simple-conv-net/src/network.ts';
import { NAMES, PARAMETER_COUNT, type Parameters } from '@im2grade/simple-conv-net/src/parameters.ts';
import type { TrainingPlan } from '@im2grade/simple-conv-net/src/training.ts';
import { sizeOf, type Tensor, tensor } from '@im2grade/tensor';
import type { Call, CallResult, Values } from '@im2grade/kit';

export type Form = 'scalar' | 'vector';
type Shape = readonly number[];

/** A call of the assignment's entry: tensors in, and the shapes of the results. */
function callOf(name: string, inputs: readonly Tensor[], outputs: readonly Shape[], options: object = {}): Call {
  return {
    name,
    options: { ...options, inputs: inputs.map(({ shape }) => shape), outputs },
    inputs: inputs.map(({ data }) => data),
    outputs: outputs.map((shape) => ({ dtype: 'float64', length: sizeOf(shape) })),
  };
}

const suffix = { scalar: 'Scalar', vector: 'Vector' } as const;

/** The functions of the assignment's entry, as calls. */
export const calls = {
  conv2d(form: Form, x: Tensor, weight: Tensor, bias: Tensor): Call {
    const [N, , H, W] = x.shape;
    const [Cout, , K] = weight.shape;
    return callOf(`conv2d${suffix[form]}`, [x, weight, bias], [[N, Cout, H - K + 1, W - K + 1]]);
  },

  im2col(x: Tensor, kernelSize: number): Call {
    const [N, C, H, W] = x.shape;
    const patches = (H - kernelSize + 1) * (W - kernelSize + 1);
    return callOf('im2col', [x], [[N, C * kernelSize ** 2, patches]], { kernelSize });
  },

  convWeight2rows(weight: Tensor): Call {
    const [Cout, ...rest] = weight.shape;
    return callOf('convWeight2rows', [weight], [[Cout, sizeOf(rest)]]);
  },

  pool2d(form: Form, a: Tensor): Call {
    const [N, C, H, W] = a.shape;
    return callOf(`pool2d${suffix[form]}`, [a], [[N, C, Math.floor(H / 2), Math.floor(W / 2)]]);
  },

  relu: (form: Form, a: Tensor): Call => callOf(`relu${suffix[form]}`, [a], [a.shape]),

  reshape(form: Form, a: Tensor): Call {
    const [N, ...rest] = a.shape;
    return callOf(`reshape${suffix[form]}`, [a], [[N, sizeOf(rest)]]);
  },

  fcLayer: (form: Form, a: Tensor, weight: Tensor, bias: Tensor): Call =>
    callOf(`fcLayer${suffix[form]}`, [a, weight, bias], [[a.shape[0], weight.shape[0]]]),

  /** Outputs: every stage. Layers work on copies unless they are timed: writing into an input is examined elsewhere. */
  network: (form: Form, x: Tensor, parameters: Parameters, onCopies = true): Call =>
    callOf('network', [x, ...NAMES.map((name) => parameters[name])], stageShapes(x, parameters), {
      variant: form,
      onCopies,
    }),

  /** Outputs: parameters, then loss and accuracy of each epoch. */
  train: (
    form: Form,
    plan: TrainingPlan,
    digits: { images: Uint8Array; labels: Uint8Array },
    deadlineSeconds: number,
  ): Call => ({
    name: 'train',
    options: { plan, variant: form },
    inputs: [digits.images, digits.labels] as Values[],
    outputs: [
      { dtype: 'float32', length: PARAMETER_COUNT },
      { dtype: 'float64', length: 2 * plan.epochs },
    ],
    deadlineSeconds,
  }),
};

function stageShapes({ shape: [N, , H, W] }: Tensor, { convWeight, fc1Weight, fc2Weight }: Parameters): Shape[] {
  const [Cout, , K] = convWeight.shape;
  const conv = [N, Cout, H - K + 1, W - K + 1];
  const pool = [N, Cout, Math.floor(conv[2] / 2), Math.floor(conv[3] / 2)];
  const [hidden, classes] = [
    [N, fc1Weight.shape[0]],
    [N, fc2Weight.shape[0]],
  ];
  return [conv, pool, [N, sizeOf(pool.slice(1))], hidden, hidden, classes, classes];
}

/** The stages that a call of the network returned. */
export function stagesOf(call: Call, { outputs }: CallResult): Stages {
  const { outputs: shapes } = call.options as { outputs: Shape[] };
  return Object.fromEntries(
    STAGES.map((name, i) => [name, tensor(shapes[i], outputs[i] as Real)]),
  ) as unknown as Stages;
}
