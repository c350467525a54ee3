import { convolutionBackward } from './convolution/convolutionBackward.ts';
import { convolutionForward } from './convolution/convolutionForward.ts';
import { convolutionWorkspace } from './convolution/convolutionWorkspace.ts';
import { type Activation, type ConvolutionFactory, ConvolutionLayer, type Geometry, Params } from '@im2grade/nn';
import { type Real, realOf, type Team } from '@im2grade/engine';

/** Makes each convolution one layer; the first one does not compute the gradient of the network's input. */
export const fusedConvolution: ConvolutionFactory = (ID, geometry) => [
  new FusedConv2DLayer(ID, geometry, { isFirst: ID === 1 }),
];

/**
 * A convolution as one layer: what `Im2MatLayer` and `Conv2DLayer` compute together, without the matrix between them.
 *
 * image `[B][InY][InX][InC]`, kernel `[KnY][KnX][InC][KnC]`, output `[B][OpY][OpX][KnC]`, all row-major.
 */
export class FusedConv2DLayer extends ConvolutionLayer {
  readonly #isFirst: boolean;
  #workspace: Real = new Float32Array(0);
  /** A member's own gradients, kept from call to call. */
  #partial: Params | undefined;

  /** @param options.isFirst - the gradient of its input is not needed, and its buffer is left as it is */
  constructor(ID: number, geometry: Geometry, { isFirst = false }: { readonly isFirst?: boolean } = {}) {
    super(ID, geometry);
    this.#isFirst = isFirst;
  }

  /** Each member of the team takes its images. */
  override forward(act: Activation[], param: Params[], team: Team): void {
    const { output: OUT, batchSize } = act[this.ID];
    const { output: INP } = act[this.ID - 1];
    const { weights, biases } = param[this.ID];
    const { geometry, images, outputs } = this.#part(batchSize, team);
    if (geometry.B > 0)
      convolutionForward(geometry, images(INP), weights, biases, outputs(OUT), this.#workspaceFor(geometry, OUT));
    team.barrier();
  }

  /** Gradients of the kernel and the biases are summed over each member's images, then over the members. */
  override backward(act: Activation[], param: Params[], grad: Params[], team: Team): void {
    const { dError_dOutput, batchSize } = act[this.ID];
    const { output: INP, dError_dOutput: dError_dInput } = act[this.ID - 1];
    const { geometry, images, outputs } = this.#part(batchSize, team);
    const own = team.size === 1 ? grad[this.ID] : this.#partialLike(grad[this.ID]);
    if (geometry.B === 0) own.clear();
    else
      convolutionBackward(
        geometry,
        images(INP),
        param[this.ID].weights,
        outputs(dError_dOutput),
        own.weights,
        own.biases,
        this.#isFirst ? undefined : images(dError_dInput),
        this.#workspaceFor(geometry, dError_dOutput),
      );
    team.reduce(own.biases, grad[this.ID].biases);
    team.reduce(own.weights, grad[this.ID].weights);
  }

  /** The geometry of this member's images, and functions that cut them and their outputs out of a batch. */
  #part(batchSize: number, team: Team) {
    const [begin, end] = team.share(batchSize);
    const { InY, InX, InC } = this.geometry;
    const cut = (size: number) => (values: Real) => values.subarray(begin * size, end * size);
    return {
      geometry: { ...this.geometry, B: end - begin },
      images: cut(InY * InX * InC),
      outputs: cut(this.size),
    };
  }

  /** Arrays of the same sizes for this member alone. */
  #partialLike({ weights, biases }: Params): Params {
    const real = realOf(weights);
    this.#partial ??= new Params(weights.length, biases.length, real, {
      weights: new real(weights.length),
      biases: new real(biases.length),
    });
    return this.#partial;
  }

  /** One workspace for all batches; it holds nothing from one call to the next. */
  #workspaceFor(geometry: Geometry, like: Real): Real {
    const real = realOf(like);
    const length = convolutionWorkspace(geometry, real);
    if (this.#workspace.length < length || realOf(this.#workspace) !== real) this.#workspace = new real(length);
    return this.#workspace;
  }

  override banner(): string {
    const { InY, InX, InC, KnY, KnX, KnC, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    return (
      `(${this.ID}) Fused Conv: Img:[${InY} ${InX} ${InC}] F:[${KnY} ${KnX} ${InC} ${KnC}] ` +
      `with Stride:[${Sy} ${Sx}] and Padding:[${Py} ${Px}] Out:[${OpY} ${OpX} ${KnC}]`
    );
  }
}
