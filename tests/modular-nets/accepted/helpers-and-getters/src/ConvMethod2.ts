import { ConvolutionalLayer, convolve as convolution, type Derivatives } from '@im2grade/layers';
import { addColumn, flip, reshape, scale, sum, type Tensor } from '@im2grade/tensor';

const SPACE = [3, 4];

/** The same, in small steps: getters, private methods and functions beside the class. */
export class ConvMethod2 extends ConvolutionalLayer {
  override ComputeUp(inputs: Tensor): Tensor {
    const products = convolution(imagesOf(inputs), flip(this.#kernels, SPACE), this.padding);
    return this.#withBias(sum(products, [2]));
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    return {
      dC_by_dinputs: this.#ofInputs(dC_by_doutputs),
      dC_by_dweights: this.#ofWeights(mean(dC_by_doutputs), inputs),
      dC_by_dbias: sum(mean(dC_by_doutputs), [0, 2, 3]),
    };
  }

  get #kernels(): Tensor {
    return reshape(this.weights, [1, ...this.weights.shape]);
  }

  #withBias(maps: Tensor): Tensor {
    const [N, K, Y, X] = maps.shape;
    return reshape(addColumn(reshape(maps, [N, K, Y * X]), this.bias), maps.shape);
  }

  #ofInputs(dC_by_doutputs: Tensor): Tensor {
    const padding = this.kernel_size - this.padding - 1;
    return sum(convolution(mapsOf(dC_by_doutputs), this.#kernels, padding), [1]);
  }

  #ofWeights(dC_by_doutputs: Tensor, inputs: Tensor): Tensor {
    return sum(convolution(imagesOf(inputs), flip(mapsOf(dC_by_doutputs), SPACE), this.padding), [0]);
  }
}

/** `[N][1][C][Y][X]` */
const imagesOf = (inputs: Tensor): Tensor => reshape(inputs, [inputs.shape[0], 1, ...inputs.shape.slice(1)]);

/** `[N][K][1][Y][X]` */
function mapsOf({ shape: [N, K, Y, X], data }: Tensor): Tensor {
  return { shape: [N, K, 1, Y, X], data };
}

/** Divided by the number of images before anything is summed. */
const mean = (derivatives: Tensor): Tensor => scale(derivatives, 1 / derivatives.shape[0]);
