import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Activation, convGeometry, type Geometry, Params, type Real, teamOfOne } from '@im2grade/nn';
import * as z from 'zod';
import { Conv2DLayer } from '../../reference/conv2d-gemm/src/Conv2DLayer.ts';
import { Im2MatLayer } from '../../reference/conv2d-gemm/src/Im2MatLayer.ts';
import { direct } from '../kit/src/oracle/direct.ts';

const numbers = z.array(z.number()).transform((values) => Float64Array.from(values));
const Golden = z.object({
  source: z.string(),
  cases: z.array(
    z.object({
      geometry: z.record(z.string(), z.number()),
      image: numbers,
      kernel: numbers,
      bias: numbers,
      im2mat: numbers,
      output: numbers,
      dOutput: numbers,
      dKernel: numbers,
      dBias: numbers,
      dImage: numbers,
      dMat: numbers,
      mat2im: numbers,
    }),
  ),
});

/** What PyTorch computed in float64 on inputs that are exact in binary. */
const { cases } = Golden.parse(JSON.parse(readFileSync('tests/conv2d-gemm/golden/conv2d-torch.json', 'utf8')));

/** One rounding for each term of the longest sum, with some margin. */
const expectClose = (got: Real, expected: Float64Array) => {
  expect(got).toHaveLength(expected.length);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - got[i])), 0);
  expect(worst).toBeLessThanOrEqual(1e-11);
};

const garbage = (length: number) => new Float64Array(length).fill(NaN);

describe.each(cases.map((one, i) => [i, one] as const))('case %i', (_, one) => {
  const given = one.geometry as unknown as Geometry;
  const g = convGeometry(given);

  test('convGeometry computes the same output size', () => expect([g.OpY, g.OpX]).toEqual([given.OpY, given.OpX]));

  test('the oracle', () => {
    const mat = direct.Im2Mat(g, one.image);
    expect(mat).toEqual(one.im2mat);
    expectClose(direct.convolution(g, one.image, one.kernel, one.bias).values, one.output);
    expectClose(direct.dWeights(g, mat, one.dOutput).values, one.dKernel);
    expectClose(direct.dBiases(g, one.dOutput).values, one.dBias);
    expectClose(direct.Mat2Im(g, direct.dMat(g, one.kernel, one.dOutput).values).values, one.dImage);
    expectClose(direct.Mat2Im(g, one.dMat).values, one.mat2im);
  });

  test('the reference', () => {
    const layer = new Im2MatLayer(1, g);
    const mat = garbage(one.im2mat.length);
    layer.Im2Mat(one.image, mat, g.B, teamOfOne);
    expect(mat).toEqual(one.im2mat);
    const image = garbage(one.image.length);
    layer.Mat2Im(one.dMat, image, g.B, teamOfOne);
    expectClose(image, one.mat2im);
    const { output, grad, dMat } = runConv2D(g, mat, one.kernel, one.bias, one.dOutput);
    expectClose(output, one.output);
    expectClose(grad.weights, one.dKernel);
    expectClose(grad.biases, one.dBias);
    layer.Mat2Im(dMat, image, g.B, teamOfOne);
    expectClose(image, one.dImage);
  });
});

function runConv2D(g: Geometry, mat: Float64Array, weights: Float64Array, biases: Float64Array, dOutput: Float64Array) {
  const layer = new Conv2DLayer(1, g);
  const [output, dMat] = [garbage(dOutput.length), garbage(mat.length)];
  const wrap = (out: Float64Array, dError_dOutput: Float64Array) =>
    new Activation(g.B, out.length / g.B, Float64Array, { output: out, dError_dOutput });
  const [param, none] = [
    new Params(weights.length, biases.length, Float64Array, { weights, biases }),
    new Params(0, 0, Float64Array),
  ];
  const grad = new Params(weights.length, biases.length, Float64Array, {
    weights: garbage(weights.length),
    biases: garbage(biases.length),
  });
  const act = [wrap(mat, dMat), wrap(output, dOutput)];
  layer.forward(act, [none, param], teamOfOne);
  layer.backward(act, [none, param], [none, grad], teamOfOne);
  return { output, grad, dMat };
}
