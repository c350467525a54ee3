import { join } from 'node:path';
import * as z from 'zod';
import { MAX_ARCHIVE_BYTES } from './handIn/rules.ts';
import { readInput } from './readInput.ts';

const Deliverable = z.object({
  path: z.string(),
  exports: z.array(z.string()).default([]),
  optional: z.boolean().default(false),
  binary: z.boolean().default(false),
  model: z.boolean().default(false),
  fileBytes: z.number().optional(),
});
export type Deliverable = z.infer<typeof Deliverable>;

const Criterion = z.object({
  id: z.string(),
  kind: z.string(),
  visibility: z.string().default('hidden'),
  examines: z.array(z.string()).default([]),
  settings: z.record(z.string(), z.number()).optional(),
});
export type Criterion = z.infer<typeof Criterion>;

/** What the handout's commands need to know of `assignment.yaml`. */
const Assignment = z.object({
  title: z.string(),
  entry: z.string(),
  deliverables: z.array(Deliverable),
  packages: z.array(z.string()).default([]),
  limits: z.object({ fileBytes: z.number(), archiveBytes: z.number().default(MAX_ARCHIVE_BYTES) }),
  rubric: z.array(z.object({ group: z.string(), criteria: z.array(Criterion) })),
});
export type Assignment = z.infer<typeof Assignment>;

/** @throws UsageError when the folder is not an assignment's */
export const readAssignment = (folder: string): Assignment =>
  readInput(join(folder, 'assignment.yaml'), Assignment, 'an assignment');
