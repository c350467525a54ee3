import { type Axis, convGeometry, type InputSize, type NetworkDescription } from '@im2grade/nn';
import { axesOf } from '@im2grade/kit';

/** A tensor of a network's parameters: its position in the list of all of them follows from those before it. */
export interface ParameterTensor {
  readonly name: string;
  readonly axes: readonly Axis[];
}

/** The tensors in the order in which a network lists its parameters: each layer's weights, then its biases. */
export function parameterTensors({ layers }: NetworkDescription, input: InputSize): ParameterTensor[] {
  let [image, size] = [input, input.InY * input.InX * input.InC];
  return layers.flatMap((layer, i) => {
    const named = (weights: Axis[], biases: Axis[]): ParameterTensor[] => [
      { name: `weights of layer ${i + 1} (${layer.type})`, axes: weights },
      { name: `biases of layer ${i + 1} (${layer.type})`, axes: biases },
    ];
    if (layer.type === 'conv') {
      const { type: _, ...sizes } = layer;
      const geometry = convGeometry({ ...image, Py: (sizes.KnY - 1) / 2, Px: (sizes.KnX - 1) / 2, ...sizes });
      image = { InY: geometry.OpY, InX: geometry.OpX, InC: geometry.KnC };
      size = geometry.OpY * geometry.OpX * geometry.KnC;
      return named(axesOf.weights(geometry), axesOf.biases(geometry));
    }
    if (layer.type !== 'linear') return [];
    const [from, to] = [
      { name: 'in', size },
      { name: 'out', size: layer.size },
    ];
    size = layer.size;
    return named([from, to], [to]);
  });
}
