import { type Derivatives, FullyConnectedLayer } from '@im2grade/layers';
import { type Tensor, zeros } from '@im2grade/tensor';

export class FullyConnected extends FullyConnectedLayer {
  override ComputeUp(inputs: Tensor): Tensor {
    const [N, D] = inputs.shape;
    const [K] = this.bias.shape;
    const outputs = zeros([N, K], inputs);
    for (let n = 0; n < N; n++)
      for (let k = 0; k < K; k++) {
        let sum = this.bias.data[k];
        for (let d = 0; d < D; d++) sum += inputs.data[n * D + d] * this.weights.data[k * D + d];
        outputs.data[n * K + k] = sum;
      }
    return outputs;
  }

  override ComputeDown(dC_by_doutputs: Tensor, inputs: Tensor): Required<Derivatives> {
    const [N, D] = inputs.shape;
    const [K] = this.bias.shape;
    const dC_by_dinputs = zeros(inputs.shape, inputs);
    const dC_by_dweights = zeros([K, D], inputs);
    const dC_by_dbias = zeros([K], inputs);
    for (let n = 0; n < N; n++)
      for (let k = 0; k < K; k++) {
        const derivative = dC_by_doutputs.data[n * K + k];
        dC_by_dbias.data[k] += derivative / N;
        for (let d = 0; d < D; d++) {
          dC_by_dweights.data[k * D + d] += (derivative * inputs.data[n * D + d]) / N;
          dC_by_dinputs.data[n * D + d] += derivative * this.weights.data[k * D + d];
        }
      }
    return { dC_by_dinputs, dC_by_dweights, dC_by_dbias };
  }
}
