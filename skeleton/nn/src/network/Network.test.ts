import { describe, expect, test } from '@jest/globals';
import { buildNetwork, parameterCount } from './NetworkDescription.ts';
import { Network } from './Network.ts';

describe('building', () => {
  test.each([
    ['no input', (network: Network) => network.addLReLu(3), /^Missing input layer$/],
    ['two inputs', (network: Network) => [network.addInput(3), network.addInput(3)], /^Multiple input layers$/],
    ['nothing in', (network: Network) => network.addInput(0), /^Requested empty layer$/],
    ['nothing out', (network: Network) => [network.addInput(3), network.addLinear(3, 0)], /^Requested empty layer$/],
    [
      'sizes that differ',
      (network: Network) => [network.addInput(3), network.addLinear(4, 2)],
      /^Mismatch: input size \(4\) and prev\. layer size \(3\)$/,
    ],
    [
      'use before building',
      (network: Network) => network.forward(new Float64Array(1), 1),
      /^Attempted to access uninitialized network$/,
    ],
  ])('%s is refused in the original words', (_, build, message) => expect(() => build(new Network())).toThrow(message));

  test('every layer logs its banner', () => {
    const banners: string[] = [];
    const network = new Network({ log: (banner) => banners.push(banner) });
    network.addInput(4);
    network.addLinear(4, 2);
    network.addLReLu(2);
    network.addSoftMax(2);
    expect(banners.slice(1)).toEqual([
      '(1) Linear Layer of Input:4 Output:2',
      '(2) LReLu Layer of size:2',
      '(3) SoftMax Layer of size:2',
    ]);
  });

  test('a described layer that does not fit is named by position and type', () => {
    const layers = [
      { type: 'linear', size: 4 },
      { type: 'conv', KnY: 1, KnX: 1, KnC: 1 },
    ] as const;
    expect(() => buildNetwork({ layers }, { InY: 2, InX: 2, InC: 1 })).toThrow(
      /^layer 2 \(conv\): a convolution cannot follow a linear layer/,
    );
  });
});

const small = (seed: number) =>
  buildNetwork(
    { layers: [{ type: 'linear', size: 3 }, { type: 'lrelu' }, { type: 'linear', size: 2 }, { type: 'softmax' }] },
    { InY: 1, InX: 4, InC: 1 },
    { seed },
  );

describe('running', () => {
  test('the same seed gives the same parameters, another seed others', () => {
    expect(small(1).parameters()).toEqual(small(1).parameters());
    expect(small(1).parameters()).not.toEqual(small(2).parameters());
  });

  test('parameters go out and in again', () => {
    const [from, to] = [small(1), small(2)];
    to.setParameters(from.parameters());
    expect(to.parameters()).toEqual(from.parameters());
    expect(() => to.setParameters(new Float64Array(3))).toThrow(/3 parameters given; the network has 23/);
    expect(
      parameterCount(
        { layers: [{ type: 'linear', size: 3 }, { type: 'lrelu' }, { type: 'linear', size: 2 }] },
        { InY: 1, InX: 4, InC: 1 },
      ),
    ).toBe(from.nParams);
  });

  test('a batch is its samples, one by one', () => {
    const network = small(1);
    const batch = Float64Array.of(1, 2, 3, 4, -1, 0.5, 0, 2);
    const whole = network.forward(batch, 2).slice();
    expect([...network.forward(batch.subarray(0, 4), 1), ...network.forward(batch.subarray(4), 1)]).toEqual([...whole]);
  });

  test('a hidden activation can be injected with layerStart', () => {
    const network = small(1);
    const output = network.forward(Float64Array.of(1, 2, 3, 4), 1).slice();
    const hidden = network.activations(1)[2].output.slice();
    network.forward(Float64Array.of(0, 0, 0, 0), 1);
    expect(network.forward(hidden, 1, 2)).toEqual(output);
  });

  test('gradients overwrite those of the call before', () => {
    const network = small(1);
    const gradient = () => {
      network.forward(Float64Array.of(1, 2, 3, 4), 1);
      network.backward(Float64Array.of(1, -1), 1);
      return network.gradients();
    };
    expect(gradient()).toEqual(gradient());
  });
});
