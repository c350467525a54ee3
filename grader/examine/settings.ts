import * as z from 'zod';
import type { Assignment } from '../model/assignment.ts';
import type { OwnPrograms } from '../build/ownPrograms.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Gemm } from '../run/gemm.ts';

/** What the grader hands to the examining process, as a JSON file whose path stands in the environment. */
export interface ExaminationSettings {
  readonly root: string;
  readonly assignment: Assignment;
  readonly programs: OwnPrograms;
  /** The submission's deliverables by path, those that are binary in base64. */
  readonly deliverables: Record<string, string>;
  /** The submission's own bundle. */
  readonly bundlePath: string;
  readonly selected: readonly string[];
  readonly seed: number;
  /** What every party is run in, and computes products with. */
  readonly sandbox: Sandbox;
  readonly gemm: Gemm;
}

export const SETTINGS_VARIABLE = 'IM2GRADE_EXAMINATION';

/** What the examining process tells the grader while it runs. */
export const ExaminationMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('started'), id: z.string() }),
  z.strictObject({ type: z.literal('finding'), finding: z.unknown() }),
  z.strictObject({ type: z.literal('not-loaded'), fault: z.string().optional(), message: z.string() }),
]);
export type ExaminationMessage = z.infer<typeof ExaminationMessage>;
