import { Network, teamOfOne } from '@im2grade/nn';
import { Conv2DLayer } from '../../../reference/conv2d-gemm/src/Conv2DLayer.ts';
import { Im2MatLayer } from '../../../reference/conv2d-gemm/src/Im2MatLayer.ts';
import { fill, SEEDS } from '../data.ts';
import type { ConvolutionForm } from './ConvolutionForm.ts';

/** The exercise's: the whole matrix of all patches, then one product. */
export const explicitForm: ConvolutionForm = {
  layers: { Im2MatLayer, Conv2DLayer },

  prepare(geometry, real) {
    const network = new Network({ real, convolution: { Im2MatLayer, Conv2DLayer } });
    network.addInput(geometry.InY * geometry.InX * geometry.InC);
    network.addConv2D(geometry);
    const { params, grads } = network;
    const act = network.activations(geometry.B);
    const [im2mat, conv] = network.layers.slice(1);
    fill(act[0].output as Float32Array, SEEDS.image);
    fill(act[2].dError_dOutput as Float32Array, SEEDS.dOutput);
    fill(params[2].weights as Float32Array, SEEDS.weights);
    fill(params[2].biases as Float32Array, SEEDS.biases);
    return {
      forward() {
        im2mat.forward(act, params, teamOfOne);
        conv.forward(act, params, teamOfOne);
      },
      backward() {
        conv.backward(act, params, grads, teamOfOne);
        im2mat.backward(act, params, grads, teamOfOne);
      },
      output: act[2].output as Float32Array,
      gradients: [grads[2].weights, grads[2].biases, act[0].dError_dOutput] as Float32Array[],
    };
  },
};
