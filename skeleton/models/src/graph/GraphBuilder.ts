import { printable } from '@im2grade/formats';
import { ModelError, UnknownOperator } from '../ModelError.ts';
import { parametersOf, shapeOf, workOf } from '../operators/Operation.ts';
import { Misfit } from '../operators/Operator.ts';
import type { Graph, GraphNode } from './Graph.ts';
import { LIMITS } from './limits.ts';
import { elementsOf, type Shape, showShape } from './Shape.ts';

/** A node before its sizes are known. */
type NewNode = Omit<GraphNode, 'shape' | 'work'>;

/** Makes a graph node by node. Sizes and cost are computed as a node is added, so that nothing too large is ever made. */
export class GraphBuilder {
  readonly #file: string;
  readonly #input: Graph['input'];
  readonly #nodes: GraphNode[] = [];
  readonly #shapes: Map<string, Shape>;
  readonly #spent = { parameters: 0, work: 0, elements: 0 };

  /**
   * @param file - for messages
   * @throws ModelError if an input has no size, or is too large
   */
  constructor(file: string, input: Graph['input']) {
    this.#file = file;
    this.#input = input;
    this.#shapes = new Map([[input.name, input.shape]]);
    const isSized =
      input.shape.every((size) => Number.isInteger(size) && size > 0) && input.shape.length <= LIMITS.axes;
    if (!isSized || elementsOf(input.shape) > LIMITS.elements)
      throw new ModelError(
        `${file}: the input is ${showShape(input.shape)}; export the model for the images of the task`,
      );
  }

  /** The shape of a value that has been made. */
  shape(value: string): Shape | undefined {
    return this.#shapes.get(value);
  }

  /**
   * Adds a node whose inputs are there.
   *
   * @throws ModelError naming the node if its sizes do not fit or it costs too much, UnknownOperator naming it if the
   *   operator is not known for such inputs
   */
  add(node: NewNode): void {
    const inputs = node.inputs.map((name) => this.#shapes.get(name));
    const missing = inputs.indexOf(undefined);
    if (missing >= 0) throw this.#refusal(node, `needs ${quoted(node.inputs[missing])}, which no node before it makes`);
    if (this.#shapes.has(node.output))
      throw this.#refusal(node, `makes ${quoted(node.output)}, which is there already`);
    const done = this.#sized(node, inputs as Shape[]);
    this.#spend(done);
    this.#nodes.push(done);
    this.#shapes.set(done.output, done.shape);
  }

  /** @throws ModelError if there is no such value */
  build(output: string): Graph {
    const shape = this.#shapes.get(output);
    if (!shape)
      throw new ModelError(`${this.#file}: no node makes the output ${quoted(output)}; export the model again`);
    return { input: this.#input, nodes: this.#nodes, output: { name: output, shape } };
  }

  #sized(node: NewNode, inputs: readonly Shape[]): GraphNode {
    try {
      const shape = shapeOf(node.operation, inputs);
      return { ...node, shape, work: workOf(node.operation, inputs, shape) };
    } catch (error) {
      if (error instanceof Misfit) throw this.#refusal(node, error.message);
      if (error instanceof UnknownOperator) throw unknown(this.#file, node, error.message);
      throw error;
    }
  }

  #spend(node: GraphNode): void {
    const elements = elementsOf(node.shape);
    if (!node.shape.every((size) => size > 0)) throw this.#refusal(node, `makes ${showShape(node.shape)}`);
    if (node.shape.length > LIMITS.axes) throw this.#tooMuch(node, `${node.shape.length} axes`, LIMITS.axes);
    if (elements > LIMITS.elements) throw this.#tooMuch(node, `${showShape(node.shape)} numbers`, LIMITS.elements);
    if (this.#nodes.length >= LIMITS.nodes) throw this.#tooMuch(node, 'one more node', LIMITS.nodes);
    const spent = this.#spent;
    spent.work += node.work;
    spent.elements += elements;
    spent.parameters += parametersOf(node.operation);
    if (spent.work > LIMITS.work) throw this.#tooMuch(node, `${count(spent.work)} multiply-adds an image`, LIMITS.work);
    if (spent.elements > LIMITS.allElements)
      throw this.#tooMuch(node, `${count(spent.elements)} numbers an image`, LIMITS.allElements);
    if (spent.parameters > LIMITS.parameters)
      throw this.#tooMuch(node, `${count(spent.parameters)} parameters`, LIMITS.parameters);
  }

  #tooMuch(node: NewNode, what: string, most: number): ModelError {
    return new ModelError(
      `${this.#file}: ${called(node)} brings the model to ${what}; at most ${count(most)} are graded: make it smaller`,
    );
  }

  #refusal(node: NewNode, what: string): ModelError {
    return new ModelError(`${this.#file}: ${called(node)} ${what}; check the model and export it again`);
  }
}

const count = (value: number): string => value.toLocaleString('en');
const quoted = (name: string): string => `"${printable(name)}"`;

/** How messages name a node. */
export const called = ({ name, source }: Pick<NewNode, 'name' | 'source'>): string =>
  `node ${quoted(name)} (${printable(source)})`;

/** That a node is not known here, which is no fault of the model. */
export const unknown = (file: string, node: Pick<NewNode, 'name' | 'source'>, what: string): UnknownOperator =>
  new UnknownOperator(`${file}: ${called(node)} ${what}; this cannot be evaluated here, and a person will look at it`);
