import { buildNetwork, gemm, train } from '@im2grade/nn';
import type { Case, ConvolutionCase, EpochCase, GemmCase } from '../Case.ts';
import type { Prepared } from '../contest/serve.ts';
import { fill, randomImages, SEEDS, sumOfSquares } from '../data.ts';
import type { ConvolutionForm } from './ConvolutionForm.ts';

/** Prepares a case for `nn` with the backend in use and arrays of `real`. */
export function prepareWithNn(what: Case, real: Float32ArrayConstructor, form: ConvolutionForm): Prepared {
  switch (what.kind) {
    case 'gemm':
      return product(what, real);
    case 'convolution':
      return convolution(what, real, form);
    case 'epoch':
      return epoch(what, real, form);
  }
}

function product({ M, K, N }: GemmCase, real: Float32ArrayConstructor): Prepared {
  const A = fill(new real(M * K), SEEDS.a);
  const B = fill(new real(K * N), SEEDS.b);
  const C = new real(M * N);
  return {
    run: () => gemm('N', 'N', M, N, K, 1, A, K, B, N, 0, C, N),
    digest: () => sumOfSquares(C),
  };
}

function convolution(
  { ways, geometry }: ConvolutionCase,
  real: Float32ArrayConstructor,
  form: ConvolutionForm,
): Prepared {
  const { forward, backward, output, gradients } = form.prepare(geometry, real);
  if (ways === 'forward') return { run: forward, digest: () => sumOfSquares(output) };
  return {
    run() {
      forward();
      backward();
    },
    digest: () => sumOfSquares(...gradients),
  };
}

function epoch(what: EpochCase, real: Float32ArrayConstructor, { layers }: ConvolutionForm): Prepared {
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
  const network = buildNetwork(description, geometry, { real, convolution: layers });
  const plan = {
    description,
    optimizer: { type: 'momentum', learningRate, momentum },
    batchSize,
    epochs: 1,
    seed: 1,
  } as const;
  const { images, labels } = randomImages(what.images, network.nInputs, classes);
  let crossEntropy = NaN;
  return {
    run: () => void ([crossEntropy] = train(network, plan, images, labels)),
    digest: () => crossEntropy,
  };
}
