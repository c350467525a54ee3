import * as z from 'zod';
import { IsolationTier } from '../../model/isolation.ts';

const Line = z.string().max(1000);

/** What a worker says of itself, as long as it lives. */
export const WorkerRecord = z.strictObject({
  id: Line,
  /** Of the machine. */
  host: Line,
  pid: z.number().int(),
  startedAt: z.iso.datetime(),
  /** The queue that it takes jobs from. */
  queue: Line,
  assignment: Line,
  program: z.strictObject({ assignment: Line, grader: Line }),
  gemm: Line,
  isolation: IsolationTier,
  version: Line,
  node: Line,
  cpu: Line,
  cores: z.number().int(),
  /** Gradings at a time; those that measure times. */
  jobs: z.number().int().positive(),
  lanes: z.number().int().positive(),
  /** Gradings under way, finished and failed. */
  running: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
});
export type WorkerRecord = z.infer<typeof WorkerRecord>;
