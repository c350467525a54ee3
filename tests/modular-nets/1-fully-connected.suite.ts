import { tensor } from '@im2grade/tensor';
import { criterion, expectEqual, holds, linearLayers, nchw, payload, tensorOf } from '@im2grade/kit';
import { calls } from './calls.ts';

const named = (names: readonly string[], shape: readonly number[]) =>
  shape.map((size, i) => ({ name: names[i], size }));

criterion('fully-connected-up.definition', ({ submission, seed }) =>
  holds(linearLayers(), async (s) => {
    const { real } = payload(seed, s);
    const [x, weights, bias] = [[s.N, s.D], [s.P, s.D], [s.P]].map((shape) =>
      tensor(shape, real(shape.reduce((product, size) => product * size, 1))),
    );
    const call = calls.fullyConnectedUp(x, weights, bias);
    expectEqual({
      law: 'z[n][k] = Σ inputs[n][d] · weights[k][d] + bias[k]',
      name: 'z',
      axes: named(['n', 'k'], [s.N, s.P]),
      got: (await submission.call(call)).outputs[0] as Float64Array,
      expected: nchw.fcLayer(s, x.data, weights.data, bias.data),
      geometry: { ...s },
      inputs: [
        tensorOf('inputs', x.data, named(['n', 'd'], x.shape)),
        tensorOf('weights', weights.data, named(['k', 'd'], weights.shape)),
        tensorOf('bias', bias.data, named(['k'], bias.shape)),
      ],
    });
  }),
);
