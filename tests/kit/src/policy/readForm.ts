import type { Choice } from './choices.ts';
import { isStub } from './functions.ts';
import { methodOf, type Own } from './methods.ts';
import { Reading } from './Reading.ts';
import type { Sources } from './Sources.ts';

/** Something that a function does, itself or by way of others. */
export interface Fact {
  /**
   * Something is repeated; an element of an array of numbers is accessed in a loop; something that is not in the
   * deliverables is used; text becomes code; the function is not written yet.
   */
  readonly kind: 'loop' | 'element' | 'uses' | 'evaluates' | 'missing';
  /** `src/conv2d.ts:31` */
  readonly where: string;
  /** The source, or the name of what is used: `*` if it may be everything that a package exports. */
  readonly what: string;
  /** The package or file that it comes from. */
  readonly from: string;
  /** The functions on the way there, the requested one first. */
  readonly path: readonly string[];
  /** The branches that it is in. */
  readonly choices: readonly Choice[];
  /** It is called directly, not passed on. */
  readonly isCalled: boolean;
  /** It is an element of numbers that were copied all at once. */
  readonly isOfCopy: boolean;
  /** It is passed to another function, which may call it. */
  readonly isPassed: boolean;
}

/**
 * What an exported function, or a method of an exported class, does, according to the syntax: through every function,
 * method, constant and class of the deliverables that it names. A function that calls itself, and one that is passed to
 * another, count as a loop.
 *
 * @param name - `conv2dVector`, or `ConvMethod2.ComputeUp`
 * @returns undefined if there is no such function
 * @throws CriterionFailure if a file cannot be parsed
 */
export function readForm(sources: Sources, file: string, name: string): Fact[] | undefined {
  const [top, method] = name.split('.');
  const binding = sources.resolve(file, top);
  if (binding?.kind !== 'own') return undefined;
  const asked: Own | undefined = method === undefined ? binding : methodOf(sources, binding, method);
  if (!asked) return undefined;
  const reading = new Reading(sources);
  if (isStub(asked.node)) reading.reportMissing(asked);
  if (method !== undefined) reading.inherit(binding, method);
  reading.follow(asked, { inLoop: false, path: [], choices: [] });
  reading.reportGetterOfText();
  reading.reportMadeUpShapes();
  return reading.facts;
}
