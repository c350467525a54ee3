import { type Team, train } from '@im2grade/nn';
import { buildNetwork } from '@im2grade/nn/networks';
import type { EpochCase } from '../Case.ts';
import { fill } from '../data.ts';
import { type ConvolutionForm, networkLayers } from './convolutionLayers.ts';
import type { Work } from './Work.ts';

/** Training as in an assignment. */
export function epoch(what: EpochCase, form: ConvolutionForm, team: Team): Work {
  const { geometry, batchSize, hidden, classes, learningRate, momentum } = what;
  const description = {
    layers: [
      { type: 'conv', ...geometry },
      { type: 'lrelu' },
      { type: 'linear', size: hidden },
      { type: 'lrelu' },
      { type: 'linear', size: classes },
      { type: 'softmax' },
    ],
  } as const;
  const network = buildNetwork(description, geometry, { real: Float32Array, convolution: networkLayers(form), team });
  const optimizer = { type: 'momentum', learningRate, momentum } as const;
  const plan = { description, optimizer, batchSize, epochs: 1, seed: 1 };
  const images = fill(new Float32Array(what.images * network.nInputs), 0).map((value) => value + 0.5);
  const labels = Uint8Array.from({ length: what.images }, (_, i) => (i * 7) % classes);
  let crossEntropy = NaN;
  return {
    compute: () => void ([crossEntropy] = train(network, plan, images, labels)),
    digest: () => crossEntropy,
  };
}
