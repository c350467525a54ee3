import type { Edit, Site } from './Source.ts';

/** The ways in which a kind of mistake can be made at a node, each as the edits that make it; none if it cannot be made. */
export type Operator = (site: Site) => Edit[][];
