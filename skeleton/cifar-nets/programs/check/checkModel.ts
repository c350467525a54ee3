import { basename } from 'node:path';
import { chosenModel } from '@im2grade/handout/rules';
import {
  type Architecture,
  architectureOf,
  describeModel,
  type Graph,
  layersOf,
  ModelError,
  readModel,
  readTensors,
} from '@im2grade/models';
import { type Answers, architectureIn, EXPORTED, holdsTensors, transferArchitecture } from './declarations.ts';
import { type Line, open, plain, right, wrong } from './Line.ts';
import { likenessToTable } from './likenessToTable.ts';
import { likenessToTable1, shownLayer } from './likenessToTable1.ts';
import { problemWithImages } from './problemWithImages.ts';

/** The models of the assignment. */
export const MODELS = ['lenet', 'first', 'second', 'transfer'] as const;
export type ModelName = (typeof MODELS)[number];

/** What is known of a model without an image. */
export interface CheckedModel {
  readonly lines: readonly Line[];
  /** Undefined if it cannot be evaluated. */
  readonly graph?: Graph;
}

/**
 * Reads a model as the grader does, and compares its layers with what is asked.
 *
 * @param files - the deliverables by path
 * @param most - bytes that each of its files may have
 */
export function checkModel(
  name: ModelName,
  files: ReadonlyMap<string, Uint8Array>,
  most: number,
  answers: Answers,
): CheckedModel {
  const chosen = chosenModel(`models/${name}`, [...files.keys()]);
  if (!chosen) return { lines: [open(`models/${name}: is not there yet`)] };
  if ('refused' in chosen) return { lines: [wrong(chosen.refused)] };
  const sizes = chosen.files.map((file) => files.get(file)!.length);
  const lines = [plain(`${chosen.path}: ${sizes.join(' + ')} of ${most} bytes`)];
  if (name === 'transfer' && !holdsTensors(chosen.path)) return { lines: [...lines, wrong(EXPORTED)] };
  const own = new Map(chosen.files.map((file) => [basename(file), files.get(file)!]));
  try {
    const model = readModel(basename(chosen.path), own, architectureFor(name, basename(chosen.path), own, answers));
    if (model.kind === 'unknown')
      return { lines: [...lines, open(`${model.reason}; what needs this model is left to a person`)] };
    const problem = problemWithImages(describeModel(model.graph));
    if (problem !== undefined) return { lines: [...lines, wrong(problem)] };
    return { lines: [...lines, ...structureOf(name, model.graph, answers)], graph: model.graph };
  } catch (error) {
    if (error instanceof ModelError) return { lines: [...lines, wrong(error.message)] };
    throw error;
  }
}

function architectureFor(
  name: ModelName,
  file: string,
  files: ReadonlyMap<string, Uint8Array>,
  answers: Answers,
): Architecture | undefined {
  if (name === 'transfer') {
    const listed = Object.entries(readTensors(file, files).tensors).map(([tensor, { shape }]) => ({
      name: tensor,
      shape,
    }));
    return architectureOf(transferArchitecture(listed));
  }
  const declared = architectureIn(answers, name);
  return declared && architectureOf(declared);
}

function structureOf(name: ModelName, graph: Graph, answers: Answers): Line[] {
  const { parameters, work, nodes } = describeModel(graph);
  const layers = layersOf(describeModel(graph));
  const size = `${parameters} parameters, ${(work / 1e6).toFixed(1)} million multiplications for an image`;
  const lines = [right(`all ${nodes.length} nodes are known: ${size}`)];
  if (name === 'transfer')
    return [...lines, plain('whether the right parameters were frozen is examined when it is graded')];
  const listed = layers.map((layer) => plain(`  ${shownLayer(layer)}`));
  return [...lines, ...listed, ...(name === 'lenet' ? likeTable1(layers) : likeOwnTable(name, layers, answers))];
}

function likeTable1(layers: ReturnType<typeof layersOf>): Line[] {
  const { rows, problems } = likenessToTable1(layers);
  return problems.length === 0 ? [right(`its ${rows} layers are those of Table 1`)] : problems.map(wrong);
}

function likeOwnTable(name: ModelName, layers: ReturnType<typeof layersOf>, answers: Answers): Line[] {
  const path = `answers.yaml: ${name}.table`;
  const found = likenessToTable(answers(`${name}.table`), layers);
  if (typeof found === 'string') return [wrong(`${path} ${found}`)];
  return found.problems.length === 0
    ? [right(`${path} has the model's ${found.rows} layers with parameters`)]
    : found.problems.map((problem) => wrong(`${path}: ${problem}`));
}
