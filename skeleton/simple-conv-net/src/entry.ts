import type { Entry, EntryCall, Real } from '@im2grade/nn';
import {
  type AmidOthers,
  amidOthers,
  type Counted,
  counting,
  deliver,
  type Shapes,
  type Tensor,
  tensor,
  tensorsOf,
} from '@im2grade/tensor';
import { conv2dScalar, conv2dVector } from './conv2d.ts';
import { fcLayerScalar, fcLayerVector } from './fcLayer.ts';
import { convWeight2rows, im2col } from './im2col.ts';
import { layers, type Variant } from './layers.ts';
import { forward, type Layers, STAGES } from './network.ts';
import { flatten, initialParameters, NAMES, type Parameters } from './parameters.ts';
import { pool2dScalar, pool2dVector } from './pool2d.ts';
import { reluScalar, reluVector } from './relu.ts';
import { reshapeScalar, reshapeVector } from './reshape.ts';
import { train, type TrainingPlan } from './training.ts';

/**
 * What the grader calls: one function for each of yours, values in and values out.
 *
 * Nothing here judges; results are compared elsewhere. You need not read it to solve the assignment.
 */
export const entry: Entry = {
  conv2dScalar: single(conv2dScalar),
  conv2dVector: single(conv2dVector),
  convWeight2rows: single(convWeight2rows),
  pool2dScalar: single(pool2dScalar),
  pool2dVector: single(pool2dVector),
  reluScalar: single(reluScalar),
  reluVector: single(reluVector),
  reshapeScalar: single(reshapeScalar),
  reshapeVector: single(reshapeVector),
  fcLayerScalar: single(fcLayerScalar),
  fcLayerVector: single(fcLayerVector),

  im2col: counting((call: EntryCall<Options & { readonly kernelSize: number }>) =>
    deliver(call, { columns: amidOthers(call, (x) => im2col(x, call.options.kernelSize)) }),
  ),

  network(call: EntryCall<Shapes & { readonly variant: Variant; readonly onCopies: boolean }>) {
    const [x, ...values] = tensorsOf(call);
    const parameters = Object.fromEntries(NAMES.map((name, i) => [name, values[i]])) as unknown as Parameters;
    const { variant, onCopies } = call.options;
    const stages = forward(onCopies ? workingOnCopies(layers[variant]) : layers[variant], parameters, x);
    deliver(call, Object.fromEntries(STAGES.map((name) => [name, stages[name]])));
  },

  train({ options: { plan, variant }, inputs, outputs }: EntryCall<{ plan: TrainingPlan; variant: Variant }>) {
    const [images, labels] = inputs as Uint8Array[];
    const parameters = initialParameters(plan.seed, Float32Array);
    const learned = train(layers[variant], parameters, { images, labels }, plan);
    flatten(parameters, outputs[0] as Real);
    outputs[1].set(learned.flatMap(({ loss, accuracy }) => [loss, accuracy]));
  },
};

/** Layers that get copies, so that one that writes into its input does not affect the others. */
function workingOnCopies(of: Layers): Layers {
  const copy = ({ shape, data }: Tensor): Tensor => tensor(shape, data.slice());
  return {
    conv2d: (...inputs) => of.conv2d(...(inputs.map(copy) as typeof inputs)),
    pool2d: (a) => of.pool2d(copy(a)),
    reshape: (a) => of.reshape(copy(a)),
    fcLayer: (...inputs) => of.fcLayer(...(inputs.map(copy) as typeof inputs)),
    relu: (a) => of.relu(copy(a)),
  };
}

type Options = Shapes & AmidOthers & Counted;

/** A function of tensors that gives one tensor. */
function single(run: (...inputs: Tensor[]) => Tensor): Entry[string] {
  return counting((call: EntryCall<Options>) => deliver(call, { z: amidOthers(call, run) }));
}
