import * as z from 'zod';
import { type Assignment, CriterionId } from '../model/assignment.ts';
import { Finding } from '../model/outcome.ts';
import { Spent } from '../model/spent.ts';
import type { RuntimeBundles } from '../compile/runtimeBundles.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Gemm } from '../run/gemm.ts';

/** What the grader passes to an examining process, as a JSON file. */
export interface ExaminationSettings {
  readonly root: string;
  readonly assignment: Assignment;
  readonly programs: RuntimeBundles;
  /** The submission's deliverables by path, those that are binary in base64. */
  readonly deliverables: Record<string, string>;
  /** Why deliverables cannot be used, by path: the skeleton's are in their place. */
  readonly unusable: Record<string, string>;
  /** The submission's own bundle. */
  readonly bundlePath: string;
  readonly selected: readonly string[];
  readonly seed: number;
  /** The isolation of every implementation, and the backend of its products. */
  readonly sandbox: Sandbox;
  readonly gemm: Gemm;
  /** Findings of an earlier examination of the same deliverables on the same inputs; none if left out. */
  readonly known?: readonly Finding[];
  /** Whether other examinations measure times meanwhile, each on a core of its own; no if left out. */
  readonly isBesideOthers?: boolean;
  /** Whether only the loss of a criterion counts, and nobody reads why; no if left out. */
  readonly isBrief?: boolean;
}

/** Asks a process for an examination, by the number that its messages will carry. */
export interface ExaminationRequest {
  readonly examination: number;
  readonly settingsPath: string;
}

/** What a suite has spent that does not say. */
const NOTHING: Spent = { starts: 0, warmUp: 0, submission: 0, reference: 0, naive: 0, transfer: 0 };

/** What an examining process reports to the grader while it runs. */
const ExaminationEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('started'), id: z.string() }),
  z.strictObject({ type: z.literal('finding'), finding: Finding, spent: Spent.default(NOTHING) }),
  z.strictObject({ type: z.literal('not-loaded'), fault: z.string().optional(), message: z.string() }),
  z.strictObject({ type: z.literal('misfit'), message: z.string() }),
  z.strictObject({ type: z.literal('ended') }),
]);
export type ExaminationEvent = z.infer<typeof ExaminationEvent>;

const ExaminationMessage = z.strictObject({ examination: z.int(), event: ExaminationEvent });
export type ExaminationMessage = z.infer<typeof ExaminationMessage>;

/** The part of an invalid message that is needed: whose finding it was. */
const AnyFinding = z.object({
  examination: z.int(),
  event: z.object({ type: z.literal('finding'), finding: z.object({ id: CriterionId }) }),
});
const UNREADABLE: ExaminationMessage = { examination: -1, event: { type: 'ended' } };

/** Reads a message. A finding that does not fit its schema is a fault of the grader for that criterion only. */
export function readMessage(raw: unknown): ExaminationMessage {
  const message = ExaminationMessage.safeParse(raw);
  if (message.success) return message.data;
  const { data } = AnyFinding.safeParse(raw);
  if (!data) return UNREADABLE;
  const [{ path, message: what }] = message.error.issues;
  const reason = `the finding cannot be read: ${path.join('.')}: ${what}`;
  const finding = Finding.parse({ id: data.event.finding.id, status: 'grader-error', reason });
  return { examination: data.examination, event: { type: 'finding', finding, spent: NOTHING } };
}
