import { type NamedTensors, printable } from '@im2grade/formats';
import type { Entry, EntryCall, Real } from '@im2grade/nn';
import { residualGraph } from '../architectures/residualGraph.ts';
import { sequentialGraph } from '../architectures/sequentialGraph.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { ModelError } from '../ModelError.ts';
import { type Architecture, type ReadModel, readModel, readTensors } from '../readModel.ts';
import { describeModel } from './describeModel.ts';

/** How the network of tensors is declared. */
export type DeclaredArchitecture =
  | { readonly of: 'sequential'; readonly layers: unknown }
  | { readonly of: 'residual'; readonly input: readonly number[]; readonly upscale: number; readonly prefix: string };

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

interface OnImages extends ModelFiles {
  /** Of the red, green and blue of an image, as shares of the full brightness. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

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
    const model = modelIn(call);
    if (model.kind !== 'graph') throw new ModelError(model.reason);
    call.outputs[0].set(evaluate(model.graph, normalised(call.inputs.at(-1) as Uint8Array, call.options)));
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

const architectureOf =
  (declared: DeclaredArchitecture): Architecture =>
  (file, tensors) =>
    declared.of === 'sequential'
      ? sequentialGraph(file, tensors, declared.layers)
      : residualGraph(file, tensors, declared);

const pieceOf = ({ options: { from, most } }: EntryCall<Piece>, describe: () => object): string =>
  JSON.stringify(describe()).slice(from, from + most);

/** (x / 255 − mean) / deviation, channel by channel. */
function normalised(images: Uint8Array, { mean, deviation }: OnImages): Float32Array {
  const values = new Float32Array(images.length);
  const channels = mean.length;
  const [scale, shift]: Real[] = [
    Float64Array.from(deviation, (each) => 1 / (255 * each)),
    Float64Array.from(deviation, (each, channel) => mean[channel] / each),
  ];
  for (let i = 0; i < images.length; i++) values[i] = images[i] * scale[i % channels] - shift[i % channels];
  return values;
}
