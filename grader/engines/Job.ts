import * as z from 'zod';
import { IsolationTier } from '../model/isolation.ts';
import { Finding } from '../model/outcome.ts';

const Digest = z.string().regex(/^[0-9a-f]{64}$/u);
/** Of anything in a job: it may come from another machine. */
const MOST = 1000;
const Line = z.string().max(10_000);

/**
 * One grading as data: everything that decides its result, except the files of the submission, which its digest names.
 * It does not say whose work it is: a machine that grades needs no names.
 */
export const Job = z.strictObject({
  /** The grading's name: two jobs of the same key have the same result. */
  key: Digest,
  assignment: z.string().max(200),
  /** The digests of the assignment and of the grader that it must be made with. */
  program: z.strictObject({ assignment: Digest, grader: Digest }),
  gemm: z.enum(['typescript', 'wasm', 'wasm-fused', 'openblas']),
  isolation: IsolationTier,
  seed: z.number().int().nonnegative(),
  /** Ids or kinds, examined together. */
  criteria: z.array(Line).min(1).max(MOST),
  /** What earlier gradings of the same work found: what needs it does not wait for it. */
  known: z.array(Finding).max(MOST),
  submission: z.strictObject({
    digest: Digest,
    absent: z.array(Line).max(MOST),
    unusable: z.array(z.tuple([Line, Line])).max(MOST),
  }),
});
export type Job = z.infer<typeof Job>;

/** A job with the files of its submission: texts by path, binary ones in base64. */
export interface Order {
  readonly job: Job;
  readonly files: ReadonlyMap<string, string>;
}
