import type { Graph, GraphNode } from '../graph/Graph.ts';
import { elementsOf } from '../graph/Shape.ts';
import { prepared } from '../operators/Operation.ts';
import type { Prepared } from '../operators/Operator.ts';
import { ValueArrays } from './ValueArrays.ts';
import { channelsLast, conversion, type Layout, rowMajor } from './Layout.ts';

/** Values by their names, each `[count][…shape]`, row-major. */
export type Values = ReadonlyMap<string, Float32Array>;

/** A graph made ready to compute some of its values. */
export interface Evaluator {
  /**
   * The values are there until the next run.
   *
   * @param images - `[count][y][x][channel]`, as they are given to the model
   */
  readonly run: (images: Float32Array, count: number) => Values;
  /** The most numbers that are kept at a time, for each image. */
  readonly elements: number;
}

interface Step {
  readonly node: GraphNode;
  readonly prepared: Prepared;
  /** Values that nothing needs from here on. */
  readonly done: ReadonlySet<string>;
}

/**
 * Prepares a graph: weights are laid out as the kernels want them, and nodes that the wanted values do not need are left
 * out. It computes with the library's backend (see `useRuntime`).
 *
 * @param wanted - names of values; the graph's output if left out
 */
export function createEvaluator(graph: Graph, wanted: readonly string[] = [graph.output.name]): Evaluator {
  const layouts = new Map<string, Layout>([[graph.input.name, inputLayout(graph.input)]]);
  const needed = neededFor(graph.nodes, wanted);
  const lastUses = new Map(needed.flatMap(({ inputs }, i) => inputs.map((name) => [name, i] as const)));
  const steps = needed.map((node, i): Step => {
    const inputs = node.inputs.map((name) => layouts.get(name)!);
    const ready = prepared(node.operation, inputs, node.shape);
    layouts.set(node.output, ready.layout);
    const done = new Set(node.inputs.filter((name) => lastUses.get(name) === i && !wanted.includes(name)));
    return { node, prepared: ready, done };
  });
  const results = wanted.map((name) => {
    const layout = layouts.get(name)!;
    return { name, convert: conversion(layout, rowMajor(layout.shape)) };
  });
  const arrays = new ValueArrays();
  return {
    elements: mostAtOnce(graph, steps),
    run(images, count) {
      const values = new Map([[graph.input.name, images]]);
      arrays.keep(new Set());
      for (const { node, prepared: ready, done } of steps) {
        const inputs = node.inputs.map((name) => values.get(name)!);
        values.set(node.output, ready.run(inputs, count, arrays.take));
        for (const name of done) values.delete(name);
        arrays.keep(new Set(values.values()));
      }
      return new Map(results.map(({ name, convert }) => [name, convert(values.get(name)!, count, arrays.take)]));
    },
  };
}

/** Images always come with their channels last. */
const inputLayout = ({ shape, channels }: Graph['input']): Layout =>
  channels === 'first' ? channelsLast(shape) : rowMajor(shape);

function neededFor(nodes: readonly GraphNode[], wanted: readonly string[]): GraphNode[] {
  const names = new Set(wanted);
  return nodes
    .toReversed()
    .filter(({ inputs, output }) => {
      if (!names.has(output)) return false;
      inputs.forEach((name) => names.add(name));
      return true;
    })
    .toReversed();
}

function mostAtOnce({ input }: Graph, steps: readonly Step[]): number {
  const sizes = new Map([[input.name, elementsOf(input.shape)]]);
  let [kept, most] = [elementsOf(input.shape), 0];
  for (const { node, done } of steps) {
    sizes.set(node.output, elementsOf(node.shape));
    kept += elementsOf(node.shape);
    most = Math.max(most, kept);
    for (const name of done) kept -= sizes.get(name)!;
  }
  return Math.max(most, kept);
}
