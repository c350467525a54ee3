import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { readInput } from '../readInput.ts';

const Num = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])]).transform(Number);
/** Printed verbatim: no control characters. */
const Word = z.string().regex(/^[\w. -]+$/);
const Size = z.number().int().nonnegative();

const Tensor = z.object({
  name: Word,
  axes: z.array(z.object({ name: Word, size: Size })),
  values: z.array(Num),
});
export type Tensor = z.infer<typeof Tensor>;

/** The call that an array came out of: inputs by name, or by length if zeros will do. */
const Recorded = z.object({
  name: Word,
  options: z.record(z.string(), z.unknown()),
  inputs: z.array(z.union([Word, Size])),
  outputs: z.array(Size),
  compared: z.object({ of: z.enum(['inputs', 'outputs']), index: Size }),
  /** Copied, never computed: every number must be the same. */
  exact: z.boolean(),
  /** What it is compared with: what the report expects, or what the function gives on another buffer or on other inputs. */
  against: z.enum(['expected', 'other-buffer', 'other-inputs']),
});
export type Recorded = z.infer<typeof Recorded>;

/** The part of a score report's counterexample that a replay needs. */
const Evidence = z.object({
  type: z.literal('counterexample'),
  law: z.string(),
  cause: z.string().optional(),
  geometry: z.record(Word, Size).default({}),
  dtype: z.enum(['float64', 'float32']).default('float64'),
  inputs: z.array(Tensor).default([]),
  expected: Tensor.optional(),
  got: Tensor.optional(),
  replay: Recorded.optional(),
});

const Report = z.object({
  schema: z.literal('im2grade/score-report'),
  version: z.literal([1, 2]),
  assignment: z.object({ id: Word }),
  outcomes: z.array(
    z.object({
      id: Word,
      title: z.string(),
      evidence: z.array(z.union([Evidence, z.object({ type: z.string() })])),
    }),
  ),
});

/** A counterexample with the criterion that it cost. */
export interface Counterexample extends z.infer<typeof Evidence> {
  readonly criterion: string;
  readonly title: string;
}

/**
 * The counterexamples of a saved report, in the order of the rubric.
 *
 * @param criterion - one criterion's only
 * @throws UsageError in one line: no such file, no score report, nothing in it for that criterion
 */
export function readCounterexamples(
  path: string,
  criterion?: string,
): { readonly assignment: string; readonly counterexamples: Counterexample[] } {
  const { assignment, outcomes } = readInput(path, Report, 'a score report of im2grade');
  if (criterion !== undefined && !outcomes.some(({ id }) => id === criterion))
    throw new UsageError(
      `${path} says nothing about "${criterion}"; it has ${outcomes.map(({ id }) => id).join(', ')}`,
    );
  const counterexamples = outcomes
    .filter(({ id }) => criterion === undefined || id === criterion)
    .flatMap(({ id, title, evidence }) =>
      evidence.filter((item) => 'law' in item).map((item) => ({ ...item, criterion: id, title })),
    );
  if (counterexamples.length === 0)
    throw new UsageError(`${path} holds no counterexample${criterion === undefined ? '' : ` of ${criterion}`}`);
  return { assignment: assignment.id, counterexamples };
}
