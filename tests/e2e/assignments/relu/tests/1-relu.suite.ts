import {
  type Call,
  criterion,
  type CriterionContext,
  expectLaw,
  assertProperty,
  linearLayers,
  randomData,
} from '@im2grade/kit';
import { type Tensor, tensor } from '@im2grade/tensor';

const AXES = ['n', 'j'];

/** A call of the entry: tensors of one shape in, one of the same shape out. */
const callOf = (name: string, inputs: readonly Tensor[]): Call => ({
  name,
  options: { inputs: inputs.map(({ shape }) => shape), outputs: [inputs[0].shape] },
  inputs: inputs.map(({ data }) => data),
  outputs: [{ dtype: 'float64', length: inputs[0].data.length }],
});

criterion('relu.forward', ({ submission, seed }: CriterionContext) =>
  assertProperty(seed, linearLayers(), async ({ N, D }) => {
    const a = tensor([N, D], randomData(seed, { N, D }).real(N * D));
    await expectLaw(submission, {
      call: callOf('reluForward', [a]),
      law: 'z = max(0, a)',
      name: 'z',
      axes: AXES,
      expected: Float64Array.from(a.data, (value) => Math.max(0, value)),
      geometry: { N, D },
      inputs: [{ name: 'a', axes: AXES, value: a }],
    });
  }),
);

criterion('relu.backward', ({ submission, seed }: CriterionContext) =>
  assertProperty(seed, linearLayers(), async ({ N, D }) => {
    const { real } = randomData(seed, { N, D });
    const [a, dZ] = [tensor([N, D], real(N * D)), tensor([N, D], real(N * D))];
    await expectLaw(submission, {
      call: callOf('reluBackward', [a, dZ]),
      law: 'dA = dZ where a > 0, else 0',
      name: 'dA',
      axes: AXES,
      expected: Float64Array.from(dZ.data, (gradient, i) => (a.data[i] > 0 ? gradient : 0)),
      geometry: { N, D },
      inputs: [
        { name: 'a', axes: AXES, value: a },
        { name: 'dZ', axes: AXES, value: dZ },
      ],
    });
  }),
);
