import { Activation, Params, type Team } from '@im2grade/nn';
import type { ConvolutionCase } from '../Case.ts';
import { fill, SEEDS, sumOfSquares } from '../data.ts';
import { type ConvolutionForm, convolutionLayers } from './convolutionLayers.ts';
import type { Work } from './Work.ts';

/** The layers of a convolution, run as in a network. */
export function convolution({ ways, geometry }: ConvolutionCase, form: ConvolutionForm, team: Team): Work {
  const { B, InY, InX, InC } = geometry;
  const layers = convolutionLayers(form, geometry);
  const image = new Activation(B, InY * InX * InC, Float32Array);
  const act = [image, ...layers.map((layer) => layer.allocateActivation(B, Float32Array))];
  const allocateParams = () => layers.map((layer) => layer.allocateParams(Float32Array));
  const none = new Params(0, 0, Float32Array);
  const [params, grads] = [
    [none, ...allocateParams()],
    [none, ...allocateParams()],
  ];
  const [last, { weights, biases }, gradient] = [act.at(-1)!, params.at(-1)!, grads.at(-1)!];
  fill(image.output, SEEDS.image);
  fill(weights, SEEDS.weights);
  fill(biases, SEEDS.biases);
  fill(last.dError_dOutput, SEEDS.dOutput);
  return {
    compute() {
      for (const layer of layers) layer.forward(act, params, team);
      if (ways === 'both') for (const layer of layers.toReversed()) layer.backward(act, params, grads, team);
    },
    digest: () =>
      ways === 'both'
        ? sumOfSquares(gradient.weights, gradient.biases, image.dError_dOutput)
        : sumOfSquares(last.output),
  };
}
