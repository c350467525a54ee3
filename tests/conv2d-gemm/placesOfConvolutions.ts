import { ConvolutionLayer, type Geometry, type InputSize, Layer, type Real, type TrainingPlan } from '@im2grade/nn';
import { buildNetwork } from '@im2grade/nn/networks';
import { type HeapPlace, placeInHeap, type TeamResults, useTrustedLibrary } from '@im2grade/kit';

/**
 * The arrays in which the work of a team shows that trains a network of convolutions: what each of the assignment's
 * functions fills, for each layer.
 */
export function placesOfConvolutions(
  { description, batchSize }: TrainingPlan,
  input: InputSize,
): TeamResults['places'] {
  useTrustedLibrary();
  const matrices: number[] = [];
  const convolution = (ID: number, geometry: Geometry): Layer[] => {
    matrices.push(ID);
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    return [new Sized(OpY * OpX * KnY * KnX * InC, ID), new SizedConvolution(ID + 1, geometry)];
  };
  const network = buildNetwork(description, input, { convolution });
  const act = network.activations(batchSize);
  const places = (arrayOf: (mat: number) => Real): HeapPlace[] => matrices.map((ID) => placeInHeap(arrayOf(ID)));
  return {
    Im2Mat: places((mat) => act[mat].output),
    forward: places((mat) => act[mat + 1].output),
    dError_dWeights: places((mat) => network.grads[mat + 1].weights),
    dError_dInput: places((mat) => act[mat].dError_dOutput),
    // Nothing needs the gradient of the first layer's images.
    Mat2Im: places((mat) => act[mat - 1].dError_dOutput).slice(1),
  };
}

/** A layer whose sizes alone matter. */
class Sized extends Layer {
  override forward(): void {}
  override backward(): void {}
  override banner = (): string => '';
}

class SizedConvolution extends ConvolutionLayer {
  override forward(): void {}
  override backward(): void {}
}
