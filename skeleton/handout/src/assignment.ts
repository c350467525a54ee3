import { join } from 'node:path';
import * as z from 'zod';
import { readInput } from './readInput.ts';

/** What the handout's commands need to know of `assignment.yaml`. */
const Assignment = z.object({
  title: z.string(),
  entry: z.string(),
  rubric: z.array(
    z.object({
      group: z.string(),
      criteria: z.array(z.object({ id: z.string(), visibility: z.string().default('hidden') })),
    }),
  ),
});
export type Assignment = z.infer<typeof Assignment>;

/** @throws UsageError when the folder is not an assignment's */
export const readAssignment = (folder: string): Assignment =>
  readInput(join(folder, 'assignment.yaml'), Assignment, 'an assignment');
