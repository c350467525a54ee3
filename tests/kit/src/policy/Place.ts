import type { Choice } from './choices.ts';
import type { Locals } from './Locals.ts';
import type { Own } from './methods.ts';

/** How a part of a source is reached. */
export interface Context {
  readonly inLoop: boolean;
  /** The functions on the way there, the requested one first. */
  readonly path: readonly string[];
  /** The branches that it is in. */
  readonly choices: readonly Choice[];
}

/** A part of a source, and what its names mean. */
export interface Place extends Context {
  readonly file: string;
  readonly locals: Locals;
  /** The class whose method this is. */
  readonly owner: Own | undefined;
}
