import { join } from 'node:path';
import * as z from 'zod';
import { readInput } from '../readInput.ts';

const AxisNames = z.array(z.string()).min(1);

/** One function of the entry: its arrays in the order in which it takes them. */
const FunctionRecipe = z.strictObject({
  name: z.string(),
  inputs: z.record(z.string(), AxisNames),
  outputs: z.record(
    z.string(),
    z.strictObject({
      axes: AxisNames,
      /** The inputs that this output cannot be computed without. */
      from: z.array(z.string()),
      /** Copied, never computed: compared to the last bit. */
      exact: z.boolean().default(false),
    }),
  ),
});

/** What `replay.yaml` holds: how the counterexamples of an assignment's reports are run again. */
const Recipes = z.strictObject({
  /** Which size of the geometry each axis has. */
  axes: z.record(z.string(), z.string()),
  functions: z.array(FunctionRecipe),
  /** Criteria whose law compares a function with itself. */
  itself: z.strictObject({ buffer: z.array(z.string()), others: z.array(z.string()) }),
});

export type FunctionRecipe = z.infer<typeof FunctionRecipe>;
export type Recipes = z.infer<typeof Recipes>;

/** @throws UsageError when the assignment in that folder says nothing about replays */
export const readRecipes = (folder: string): Recipes =>
  readInput(join(folder, 'replay.yaml'), Recipes, 'a description of replays');
