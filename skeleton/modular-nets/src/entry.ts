import {
  ConvMethod1,
  type Derivatives,
  evaluate,
  type Layer,
  type Learning,
  type NetworkDescription,
  NeuralNet,
  trainEpoch,
} from '@im2grade/layers';
import type { Entry, EntryCall, Real } from '@im2grade/nn';
import {
  type AmidOthers,
  amidOthers,
  deliver,
  reshape,
  scale,
  type Shapes,
  stack,
  type Tensor,
  tensor,
  zeros,
} from '@im2grade/tensor';
import { ConvMethod2 } from './ConvMethod2.ts';
import { FullyConnected } from './FullyConnected.ts';
import { modules } from './modules.ts';

/** Stride 1 when it is left out. */
type Convolution = Shapes & { readonly padding: number; readonly stride?: number };

/** A way down. If the call asks for it, the layer is given other inputs on the way up first: as many, or twice as many. */
type Down = Shapes & AmidOthers & { readonly isAfterUp?: boolean | 'of twice as many' };

interface OnNetwork {
  readonly model: NetworkDescription;
}
interface Training extends OnNetwork {
  readonly max_epochs: number;
  readonly batch_size: number;
  readonly seed: number;
}

/**
 * What the grader calls: one function for each of yours, values in and values out.
 *
 * Ways up: inputs x, weights, bias; output z. Ways down: inputs dC_by_doutputs, x, weights, bias; outputs dC_by_dinputs,
 * dC_by_dweights, dC_by_dbias. Nothing here judges; results are compared elsewhere. You need not read it to solve the
 * assignment.
 */
export const entry: Entry = {
  fullyConnectedUp: (call: EntryCall<Shapes>) => up(call, fullyConnected),
  fullyConnectedDown: (call: EntryCall<Shapes>) => down(call, fullyConnected),
  convMethod1Up: (call: EntryCall<Convolution>) => up(call, convolutional(ConvMethod1, call)),
  convMethod1Down: (call: EntryCall<Convolution>) => down(call, convolutional(ConvMethod1, call)),
  convMethod2Up: (call: EntryCall<Convolution>) => up(call, convolutional(ConvMethod2, call)),
  convMethod2Down: (call: EntryCall<Convolution>) => down(call, convolutional(ConvMethod2, call)),

  /** Inputs: parameters, images, labels. Outputs: the activated outputs of each layer. */
  fprop({ options: { model }, inputs, outputs }: EntryCall<OnNetwork>) {
    const { states } = netOnBatch(model, inputs as [Real, Real, Uint8Array]);
    states.slice(1).forEach(({ data }, i) => outputs[i].set(data));
  },

  /** Inputs as `fprop`. Outputs: the gradients of all parameters in their order, then the derivatives of the images. */
  bprop({ options: { model }, inputs, outputs }: EntryCall<OnNetwork>) {
    const { net, states } = netOnBatch(model, inputs as [Real, Real, Uint8Array]);
    const derivatives = net.Bprop(net.ComputeDeriv(states[states.length - 1], inputs[2] as Uint8Array), states);
    let at = 0;
    for (const tensor of derivatives.flatMap(({ dC_by_dweights, dC_by_dbias }) => [dC_by_dweights, dC_by_dbias])) {
      if (tensor === undefined) continue;
      outputs[0].set(tensor.data, at);
      at += tensor.data.length;
    }
    outputs[1].set(derivatives[0].dC_by_dinputs.data);
  },

  /** Inputs: images, labels. Outputs: the parameters after training, then the mean cross-entropy of each batch before its step. */
  train({ options: { model, max_epochs, batch_size, seed }, inputs, outputs }: EntryCall<Training>) {
    const [images, labels] = inputs as [Real, Uint8Array];
    const net = new NeuralNet(model, modules, seed);
    let step = 0;
    for (let epoch = 0; epoch < max_epochs; epoch++)
      for (const { loss, size } of trainEpoch(net, { images, labels }, batch_size, epoch, seed))
        outputs[1][step++] = loss / size;
    outputs[0].set(net.FlatParameters());
  },

  /** Inputs: parameters, images, labels. Output: mean cross-entropy and accuracy. */
  evaluate({ options: { model }, inputs, outputs }: EntryCall<OnNetwork>) {
    const [parameters, images, labels] = inputs as [Real, Real, Uint8Array];
    const net = new NeuralNet(model, modules);
    net.SetFlatParameters(parameters);
    const { crossEntropy, accuracy } = evaluate(net, { images, labels });
    outputs[0].set([crossEntropy, accuracy]);
  },
};

/** Single layers are called, and do not learn. */
const STILL: Learning = { init_wt: 0, epsilon: 0, momentum: 0, l2_decay: 0 };

/** Makes a layer for some inputs, from its weights and its bias. */
type MakeLayer = (inputs: Tensor, weights: Tensor, bias: Tensor) => Layer;

const fullyConnected: MakeLayer = (_, weights, bias) => {
  const [num_channels, size_x] = weights.shape;
  const input = { num_channels: 1, size_y: 1, size_x };
  const layer = new FullyConnected({ name: 'layer', type: 'FC', num_channels, ...STILL }, input, 'relu');
  layer.SetParameters(weights, bias);
  return layer;
};

const convolutional =
  (Convolution: typeof ConvMethod1 | typeof ConvMethod2, { options }: EntryCall<Convolution>): MakeLayer =>
  (images, weights, bias) => {
    const { padding, stride = 1 } = options;
    const [, inputChannels, size_y, size_x] = images.shape;
    const [num_channels, , kernel_size] = weights.shape;
    const positions = (size: number) => (size + 2 * padding - kernel_size) / stride + 1;
    const window = { kernel_size, stride, padding };
    const layer = new Convolution(
      { name: 'layer', type: 'CONVOLUTIONAL', convolve_method: 'method2', num_channels, ...window, ...STILL },
      { num_channels: inputChannels, size_y, size_x },
      { num_channels, size_y: positions(size_y), size_x: positions(size_x) },
      'relu',
    );
    layer.SetParameters(weights, bias);
    return layer;
  };

/** What comes after a call is given to the same layer: it may keep its results. */
function sameAfter({ options }: EntryCall<AmidOthers>, make: MakeLayer): MakeLayer {
  let layer: Layer | undefined;
  return (...parts) => (options.others === 'after' ? (layer ??= make(...parts)) : make(...parts));
}

function up(call: EntryCall<Shapes & AmidOthers>, make: MakeLayer): void {
  const layerOf = sameAfter(call, make);
  const z = amidOthers(call, (inputs, weights, bias) => layerOf(inputs, weights, bias).ComputeUp(inputs));
  deliver(call, { z });
}

/** Neither layer needs its outputs in `ComputeDown`: zeros take their place. */
function down(call: EntryCall<Down>, make: MakeLayer): void {
  const layerOf = sameAfter(call, make);
  const given: unknown = amidOthers(call, (dC_by_doutputs, inputs, weights, bias) => {
    const layer = layerOf(inputs, weights, bias);
    const { isAfterUp } = call.options;
    if (isAfterUp) layer.ComputeUp(isAfterUp === true ? scale(inputs, -1) : twice(scale(inputs, -1)));
    return layer.ComputeDown(dC_by_doutputs, inputs, zeros(dC_by_doutputs.shape, dC_by_doutputs));
  });
  const { dC_by_dinputs, dC_by_dweights, dC_by_dbias } = (given ?? {}) as Partial<Derivatives>;
  deliver(call, { dC_by_dinputs, dC_by_dweights, dC_by_dbias });
}

/** All images of a batch, and all of them again. */
const twice = (batch: Tensor): Tensor => {
  const [N, ...sizes] = batch.shape;
  return reshape(stack([batch, batch]), [2 * N, ...sizes]);
};

function netOnBatch(model: NetworkDescription, [parameters, images, labels]: [Real, Real, Uint8Array]) {
  const net = new NeuralNet(model, modules);
  net.SetFlatParameters(parameters);
  return { net, states: net.Fprop(tensor(net.layers[0].shapeOfImages(labels.length), images)) };
}
