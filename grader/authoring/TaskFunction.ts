import type { NumberRange } from '../model/numberRange.ts';

/** A parameter of a function that students write. */
export interface Parameter {
  readonly name: string;
  /** An array to read, an array to fill, the size of an axis, or another number. */
  readonly kind: 'input' | 'output' | 'size' | 'number';
  /** The sizes of an array's axes: names of sizes, or numbers. */
  readonly axes: readonly string[];
  /** Of an array to read. */
  readonly range?: NumberRange;
}

/** A function that students write: a row of the rubric, a task of the handout. */
export interface TaskFunction {
  readonly name: string;
  /** The deliverable that exports it, as `src/relu.ts`. */
  readonly file: string;
  /** The first sentence of its doc comment. */
  readonly title: string;
  /** Its doc comment, without the tags. */
  readonly asks: string;
  readonly parameters: readonly Parameter[];
}

/** Parameters of one kind. */
export const parametersOf = ({ parameters }: TaskFunction, ...kinds: readonly Parameter['kind'][]): Parameter[] =>
  parameters.filter(({ kind }) => kinds.includes(kind));

/** The names of all sizes that arrays of a function have. */
export const sizesOf = ({ parameters }: TaskFunction): string[] => [
  ...new Set(parameters.flatMap(({ axes }) => axes.filter((axis) => !/^\d+$/u.test(axis)))),
];

/** What a call passes in addition to arrays: the sizes of the axes, and other numbers. */
export const optionsOf = (task: TaskFunction): string[] => [
  ...new Set([...sizesOf(task), ...parametersOf(task, 'size', 'number').map(({ name }) => name)]),
];

/** `softmaxForward` → `softmax-forward` */
export const kebab = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/gu, '$1-$2').toLowerCase();

/** The criterion that examines a function. */
export const criterionOf = ({ name }: TaskFunction): string => `${kebab(name)}.definition`;
