import type { TaskFunction } from './TaskFunction.ts';

/** A source that students write, with the solution in it. */
export interface Solution {
  /** The deliverable, as `src/relu.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tasks: readonly TaskFunction[];
  /** What it exports and has code in, and nothing of which students write. */
  readonly given: readonly string[];
}

/** What a new assignment is made of. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  /** Of each function. */
  readonly points: number;
  readonly solutions: readonly Solution[];
}

/** All functions that students write. */
export const tasksOf = ({ solutions }: Pick<Draft, 'solutions'>): TaskFunction[] =>
  solutions.flatMap(({ tasks }) => tasks);

/** Texts by their paths in one of an assignment's three folders. */
export type Texts = Readonly<Record<string, string>>;

/** A string of a source. */
export const quoted = (text: string): string => JSON.stringify(text);
