import { Layer, NotImplementedError } from '@im2grade/nn';
import type { Activation, Geometry, Params, Real, Team } from '@im2grade/nn';

/**
 * Rearranges images so that a convolution becomes one matrix product.
 *
 * Row-major, channels last: image `[B][InY][InX][InC]`, matrix `[B·OpY·OpX][KnY·KnX·InC]`.
 */
export class Im2MatLayer extends Layer {
  readonly geometry: Geometry;

  constructor(ID: number, geometry: Geometry) {
    const { OpY, OpX, KnY, KnX, InC } = geometry;
    super(OpY * OpX * KnY * KnX * InC, ID);
    this.geometry = geometry;
  }

  /**
   * Question 1: copies, for each output pixel, the patch of the image that the kernel sees there.
   *
   * Element `(b, oy, ox, fy, fx, ic)` of `OUT` is pixel `(b, oy·Sy − Py + fy, ox·Sx − Px + fx, ic)` of `INP`, or 0 if
   * that is in the padding. `OUT` may hold anything when you get it.
   *
   * @param INP - images, `[B][InY][InX][InC]`; only read
   * @param OUT - matrix to fill, `[B][OpY][OpX][KnY][KnX][InC]`
   * @param batchSize - B
   * @param team - the threads that run this function together; take your share of the rows (question 2)
   */
  Im2Mat(INP: Real, OUT: Real, batchSize: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    // TODO: question 1; in question 2, only your share of the rows.
    throw new NotImplementedError('Im2Mat', 'question 1: copy each patch of the image into a row of the matrix');
  }

  /**
   * Question 1: the backward operation of `Im2Mat`, often called col2im.
   *
   * Each pixel's gradient is the sum of the gradients of all matrix elements that were copied from it.
   * `dError_dInput` may hold anything when you get it.
   *
   * @param dError_dOutput - gradient with respect to the matrix, `[B][OpY][OpX][KnY][KnX][InC]`; only read
   * @param dError_dInput - gradient with respect to the images, to fill, `[B][InY][InX][InC]`
   * @param batchSize - B
   * @param team - the threads that run this function together
   */
  Mat2Im(dError_dOutput: Real, dError_dInput: Real, batchSize: number, team: Team): void {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    // TODO: question 1; in question 2, only your share of the rows.
    throw new NotImplementedError(
      'Mat2Im',
      'question 1: sum the gradients of all matrix elements that came from a pixel',
    );
  }

  override forward(act: Activation[], _param: Params[], team: Team): void {
    this.Im2Mat(act[this.ID - 1].output, act[this.ID].output, act[this.ID].batchSize, team);
  }

  override backward(act: Activation[], _param: Params[], _grad: Params[], team: Team): void {
    this.Mat2Im(act[this.ID].dError_dOutput, act[this.ID - 1].dError_dOutput, act[this.ID].batchSize, team);
  }

  override banner(): string {
    const { InY, InX, InC, KnY, KnX, Sy, Sx, Py, Px, OpY, OpX } = this.geometry;
    return (
      `(${this.ID}) Im2Col transform Img:[${InY} ${InX} ${InC}] to Mat:[${OpY} ${OpX} ${KnY} ${KnX} ${InC}] ` +
      `with Stride:[${Sy} ${Sx}] and Padding:[${Py} ${Px}]`
    );
  }
}
