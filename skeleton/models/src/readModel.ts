import { decodeSafetensors, type NamedTensors } from '@im2grade/formats';
import type { Graph } from './graph/Graph.ts';
import { ModelError, UnknownOperator } from './ModelError.ts';
import { readOnnx } from './onnx/readOnnx.ts';
import { orDamaged } from './orDamaged.ts';
import { readTfjs } from './tfjs/readTfjs.ts';
import { readStateDict } from './torch/readStateDict.ts';

/** A network, or that it has what is not known here, which is no fault of the student. */
export type ReadModel =
  { readonly kind: 'graph'; readonly graph: Graph } | { readonly kind: 'unknown'; readonly reason: string };

/** Makes a network of tensors; `sequentialGraph` and `residualGraph` do. */
export type Architecture = (file: string, tensors: NamedTensors) => Graph;

/**
 * Reads a network that was handed in, in the format that its name says: `.onnx`, `.json` (TensorFlow.js), `.safetensors`,
 * `.pth` or `.pt`.
 *
 * @param path - of the model among the files
 * @param files - that were handed in, by their paths from the model's folder; no other file is opened
 * @param architecture - what tensors without a network are the tensors of
 * @throws ModelError in one line, naming the node and what to do
 *
 * @example
 * ```ts
 * const model = readModel('model.onnx', new Map([['model.onnx', bytes]]));
 * if (model.kind === 'graph') evaluate(model.graph, images);
 * ```
 */
export function readModel(
  path: string,
  files: ReadonlyMap<string, Uint8Array>,
  architecture?: Architecture,
): ReadModel {
  try {
    return { kind: 'graph', graph: orDamaged(path, () => graphIn(path, files, architecture)) };
  } catch (error) {
    if (error instanceof UnknownOperator) return { kind: 'unknown', reason: error.message };
    throw error;
  }
}

function graphIn(path: string, files: ReadonlyMap<string, Uint8Array>, architecture?: Architecture): Graph {
  if (path.endsWith('.onnx')) return readOnnx(path, files);
  if (path.endsWith('.json')) return readTfjs(path, files);
  if (!architecture) throw new ModelError(`${path}: holds tensors only; declare their architecture, or hand in ONNX`);
  return architecture(path, readTensors(path, files));
}

/**
 * Reads tensors that were handed in: `.safetensors`, or a state dict of PyTorch in `.pth` or `.pt`.
 *
 * @throws ModelError in one line
 *
 * @example
 * ```ts
 * readTensors('resnet18.pth', new Map([['resnet18.pth', bytes]])).tensors['fc.bias'].data;
 * ```
 */
export const readTensors = (path: string, files: ReadonlyMap<string, Uint8Array>): NamedTensors =>
  orDamaged(path, () => tensorsIn(path, files));

function tensorsIn(path: string, files: ReadonlyMap<string, Uint8Array>): NamedTensors {
  const bytes = files.get(path);
  if (!bytes) throw new ModelError(`${path}: is not there; hand it in`);
  if (/\.(pth|pt)$/.test(path)) return readStateDict(path, bytes);
  if (!path.endsWith('.safetensors'))
    throw new ModelError(`${path}: is of an unknown format; hand in .onnx, model.json, .safetensors or .pth`);
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    throw new ModelError(`${path}: ${(error as Error).message}; save it with safetensors.torch.save_file`);
  }
}
