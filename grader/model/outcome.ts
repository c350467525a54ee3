import * as z from 'zod';
import { CriterionId } from './assignment.ts';
import { Evidence } from './evidence.ts';

/** Statuses that count towards earned and possible points. */
export const CountedStatus = z.enum(['passed', 'partial', 'failed', 'not-attempted']);
/** Statuses that are reported apart from the total, each with its reason. */
export const PendingStatus = z.enum(['inconclusive', 'grader-error', 'manual', 'not-measurable', 'blocked']);
export const Status = z.enum([...CountedStatus.options, ...PendingStatus.options]);
export type Status = z.infer<typeof Status>;

const PENDING = new Set<Status>(PendingStatus.options);
export const isPending = (status: Status): boolean => PENDING.has(status);

/** The result of examining one criterion, before points are given: what the examine step returns. */
export const Finding = z.strictObject({
  id: CriterionId,
  status: Status,
  /** Share of the points, 0..1; only used for `partial`. */
  credit: z.number().min(0).max(1).default(0),
  /** One line for a person. */
  reason: z.string().default(''),
  /** Deliverables that were replaced by the reference's. */
  substituted: z.array(z.string()).default([]),
  seconds: z.number().nonnegative().default(0),
  evidence: z.array(Evidence).default([]),
  /** The same criterion, failed again on public inputs: what a student may see if `evidence` is hidden. */
  publicFailure: z.strictObject({ reason: z.string(), evidence: z.array(Evidence) }).optional(),
});
export type Finding = z.infer<typeof Finding>;

/** Whether the grader or the machine failed at one of these: the report is then not a result yet. */
export const hasGraderError = (outcomes: readonly { readonly status: Status }[]): boolean =>
  outcomes.some(({ status }) => status === 'grader-error');
