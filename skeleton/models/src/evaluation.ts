/** What computes a model, and reads nothing: it needs no more than ECMAScript. */
export { evaluate } from './evaluate/evaluate.ts';
export { unpackGraph } from './graph/packGraph.ts';
