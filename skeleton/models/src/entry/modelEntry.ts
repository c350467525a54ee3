import { type NamedTensors, printable } from '@im2grade/formats';
import type { Entry, EntryCall } from '@im2grade/nn';
import { createEvaluator } from '../evaluate/createEvaluator.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Graph } from '../graph/Graph.ts';
import { ModelError } from '../ModelError.ts';
import { type ReadModel, readModel, readTensors } from '../readModel.ts';
import { architectureOf, type DeclaredArchitecture } from './DeclaredArchitecture.ts';
import { describeModel } from './describeModel.ts';
import { type Normalisation, normalised } from './normalised.ts';

/** The files of a model; the inputs of a call begin with their bytes. */
export interface ModelFiles {
  /** Equal for equal files: what was read for the last call is used again. */
  readonly key: string;
  readonly path: string;
  readonly names: readonly string[];
  readonly architecture?: DeclaredArchitecture;
}

type Read = ReadModel | { readonly kind: 'refused'; readonly reason: string };

interface Piece extends ModelFiles {
  /** Of the text. */
  readonly from: number;
  readonly most: number;
}

type OnImages = ModelFiles & Normalisation;

/**
 * What the grader calls to examine a model that was handed in: it is read and computed here, and nowhere else. The
 * inputs of each call begin with the bytes of the model's files.
 */
export const modelEntry: Entry = {
  /** A piece of the JSON that describes the model, or says why there is none. */
  describeModel: (call: EntryCall<Piece>): string =>
    pieceOf(call, () => {
      const model = modelIn(call);
      return model.kind === 'graph' ? describeModel(model.graph) : { kind: model.kind, reason: model.reason };
    }),

  /** A piece of the JSON that lists the names and shapes of the tensors. */
  describeTensors: (call: EntryCall<Piece>): string =>
    pieceOf(call, () => {
      const tensors = tensorsIn(call);
      if ('kind' in tensors) return tensors;
      const listed = Object.entries(tensors.tensors).map(([name, { shape }]) => ({ name: printable(name), shape }));
      return { kind: 'tensors', tensors: listed };
    }),

  /** Outputs: the numbers of the named tensors, in single precision. */
  tensorValues(call: EntryCall<ModelFiles & { readonly tensors: readonly string[] }>): void {
    const named = tensorsIn(call);
    if ('kind' in named) throw new ModelError(named.reason);
    call.options.tensors.forEach((name, i) => call.outputs[i].set(named.tensors[name].data));
  },

  /** The last input: images, `[count][y][x][channel]`, a byte a channel. Output: what the model gives for each. */
  modelOutputs(call: EntryCall<OnImages>): void {
    call.outputs[0].set(evaluate(graphIn(call), normalised(call.inputs.at(-1) as Uint8Array, call.options)));
  },

  /** The last input: one image, as in `modelOutputs`. Outputs: what the nodes give for it, by their places in the model. */
  nodeValues(call: EntryCall<OnImages & { readonly nodes: readonly number[] }>): void {
    const { nodes } = graphIn(call);
    const names = call.options.nodes.map((place) => nodes[place].output);
    const image = normalised(call.inputs.at(-1) as Uint8Array, call.options);
    const values = createEvaluator(graphIn(call), names).run(image, 1);
    names.forEach((name, i) => call.outputs[i].set(values.get(name)!));
  },

  /** Output: the weights of a convolution, `[filter][channel][y][x]`. */
  filterWeights(call: EntryCall<ModelFiles & { readonly node: number }>): void {
    const { operation } = graphIn(call).nodes[call.options.node];
    if (operation.kind === 'convolution') call.outputs[0].set(operation.weights.values);
  },
};

let lastModel: { readonly key: string; readonly model: Read } | undefined;
let lastTensors: { readonly key: string; readonly tensors: NamedTensors | Refusal } | undefined;
type Refusal = Extract<Read, { kind: 'refused' }>;

function modelIn({ options, inputs }: EntryCall<ModelFiles>): Read {
  const key = JSON.stringify([options.key, options.architecture]);
  if (lastModel?.key !== key) {
    // One model at a time is kept.
    lastModel = undefined;
    const { path, architecture } = options;
    const read = () => readModel(path, filesOf(options, inputs), architecture && architectureOf(architecture));
    lastModel = { key, model: orRefusal(read) };
  }
  return lastModel.model;
}

function graphIn(call: EntryCall<ModelFiles>): Graph {
  const model = modelIn(call);
  if (model.kind === 'graph') return model.graph;
  throw new ModelError(model.reason);
}

function tensorsIn({ options, inputs }: EntryCall<ModelFiles>): NamedTensors | Refusal {
  if (lastTensors?.key !== options.key) {
    lastTensors = undefined;
    lastTensors = { key: options.key, tensors: orRefusal(() => readTensors(options.path, filesOf(options, inputs))) };
  }
  return lastTensors.tensors;
}

function orRefusal<T>(read: () => T): T | Refusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

/** Copies: the memory of a call is that of the next one as well. */
const filesOf = ({ names }: ModelFiles, inputs: EntryCall<ModelFiles>['inputs']): Map<string, Uint8Array> =>
  new Map(names.map((name, i) => [name, (inputs[i] as Uint8Array).slice()]));

const pieceOf = ({ options: { from, most } }: EntryCall<Piece>, describe: () => object): string =>
  JSON.stringify(describe()).slice(from, from + most);
