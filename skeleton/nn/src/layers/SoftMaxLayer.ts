import type { Activation } from '../network/Activation.ts';
import { Layer } from '../network/Layer.ts';
import type { Params } from '../network/Params.ts';
import type { Team } from '@im2grade/engine';

/** output_i = exp(x_i) / Σ exp(x_j) for each sample; the maximum is subtracted first, so that nothing overflows. */
export class SoftMaxLayer extends Layer {
  override forward(act: Activation[], _param: Params[], team: Team): void {
    const { batchSize, output: OUT } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const [begin, end] = team.share(batchSize);
    for (let row = begin * this.size; row < end * this.size; row += this.size) {
      let [largest, sum] = [-Infinity, 0];
      for (let i = row; i < row + this.size; i++) largest = Math.max(largest, INP[i]);
      for (let i = row; i < row + this.size; i++) sum += OUT[i] = Math.exp(INP[i] - largest);
      for (let i = row; i < row + this.size; i++) OUT[i] /= sum;
    }
    team.barrier();
  }

  /** The full Jacobian: dE/dx_i = p_i · (g_i − Σ_j g_j·p_j). */
  override backward(act: Activation[], _param: Params[], _grad: Params[], team: Team): void {
    const { batchSize, output: OUT, dError_dOutput } = act[this.ID];
    const { dError_dOutput: dError_dInput } = act[this.ID - 1];
    const [begin, end] = team.share(batchSize);
    for (let row = begin * this.size; row < end * this.size; row += this.size) {
      let mean = 0;
      for (let i = row; i < row + this.size; i++) mean += dError_dOutput[i] * OUT[i];
      for (let i = row; i < row + this.size; i++) dError_dInput[i] = OUT[i] * (dError_dOutput[i] - mean);
    }
    team.barrier();
  }

  override banner(): string {
    return `(${this.ID}) SoftMax Layer of size:${this.size}`;
  }
}
