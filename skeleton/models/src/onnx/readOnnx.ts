import { FormatError, printable } from '@im2grade/formats';
import type { Graph } from '../graph/Graph.ts';
import { showShape } from '../graph/Shape.ts';
import { ModelError, UnknownOperator } from '../ModelError.ts';
import type { Files } from './numbersOf.ts';
import { OnnxOperation } from './OnnxOperation.ts';
import type { OnnxInput, OnnxModel, OnnxNode } from './OnnxModel.ts';
import { OnnxScope } from './OnnxScope.ts';
import { readMessages } from './readMessages.ts';
import { FOLDINGS } from './translate/folding.ts';
import { TRANSLATIONS } from './translate/translations.ts';
import { withRenamedData } from './withRenamedData.ts';

/** Versions of the operators whose definitions are known here. */
const OPSETS = { oldest: 7, newest: 25 };
const REALS = [1, 10, 11, 16];
/** They are in ONNX and will not be admitted: another answer each time, or no end. */
const NEVER = /^(Random|Bernoulli$|Multinomial$|Loop$|If$|Scan$)/;

/**
 * Reads a network from an ONNX file. Nothing of it is run, no other file is opened, and everything that it would need is
 * computed from its sizes first.
 *
 * @param path - of the model among the files
 * @param files - that were handed in, by their paths from the model's folder; weights may be in a second one, which may have
 *   been renamed with the model
 * @throws ModelError in one line, naming the node and what to do; UnknownOperator naming what is not known here
 *
 * @example
 * ```ts
 * const graph = readOnnx('model.onnx', new Map([['model.onnx', bytes]]));
 * ```
 */
export function readOnnx(path: string, files: Files): Graph {
  const bytes = files.get(path);
  if (!bytes) throw new ModelError(`${path}: is not there; hand it in`);
  try {
    return graphOf(path, readMessages(bytes, path), files);
  } catch (error) {
    throw error instanceof FormatError ? new ModelError(error.message) : error;
  }
}

function graphOf(file: string, model: OnnxModel, files: Files): Graph {
  if (model.opset < OPSETS.oldest || model.opset > OPSETS.newest)
    throw new UnknownOperator(
      `${file}: is of opset ${model.opset}; ${OPSETS.oldest} to ${OPSETS.newest} are known here, and a person will look at it`,
    );
  const { input, images } = inputOf(file, model);
  const scope = new OnnxScope(file, model, withRenamedData(file, model, files), input, images);
  for (const node of model.nodes) addNode(node, scope);
  const [output, other] = model.outputs;
  if (output === undefined || other !== undefined)
    throw new ModelError(`${file}: has ${model.outputs.length} outputs; export it with one, the classes`);
  const named = scope.find(output);
  if (named?.kind !== 'value')
    throw new ModelError(
      `${file}: no node makes the output "${printable(output)}" from images; export the model again`,
    );
  return scope.builder.build(named.value);
}

function addNode(node: OnnxNode, scope: OnnxScope): void {
  const operation = new OnnxOperation(node, scope);
  if (NEVER.test(node.operator)) throw operation.refusal('is not admitted; export the model for inference, without it');
  const [folding, translation] = [FOLDINGS, TRANSLATIONS].map((known) => known.get(node.operator));
  const translate = folding && (!translation || operation.isOfModel) ? folding : translation;
  if (!translate) throw operation.unknown('is an operator that is not known here');
  translate(operation);
  operation.finish();
}

/** The one input that is not a tensor of the model. */
function inputOf(file: string, model: OnnxModel): { input: Graph['input']; images: number | undefined } {
  const given = model.inputs.filter(({ name }) => !model.initializers.has(name));
  if (given.length !== 1) throw new ModelError(`${file}: has ${given.length} inputs; export it with one, the images`);
  const { name, type, sizes }: OnnxInput = given[0];
  if (!REALS.includes(type)) throw new ModelError(`${file}: takes numbers of type ${type}; export it for real numbers`);
  const [images, ...shape] = sizes;
  const unknown = shape.findIndex((size) => typeof size !== 'number');
  if (sizes.length < 2 || unknown >= 0)
    throw new ModelError(
      `${file}: its input is ${showShape(sizes.map((size) => printable(`${size}`, 20)))}; export it for images of a fixed size`,
    );
  const input = { name, shape: shape as number[], channels: channelsOf(shape as number[]) };
  return { input, images: typeof images === 'number' ? images : undefined };
}

/** Images have one or three channels; if both ends could be those, PyTorch's order holds. */
function channelsOf(shape: readonly number[]): 'first' | 'last' {
  const isCount = (size: number | undefined): boolean => size === 1 || size === 3;
  return shape.length === 3 && (isCount(shape[0]) || !isCount(shape[2])) ? 'first' : 'last';
}
