import * as z from 'zod';
import type { Assignment } from '../model/assignment.ts';
import { Finding } from '../model/outcome.ts';
import type { OwnPrograms } from '../build/ownPrograms.ts';
import type { Sandbox } from '../isolation/Sandbox.ts';
import type { Gemm } from '../run/gemm.ts';

/** What the grader hands to an examining process, as a JSON file. */
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

/** What an examining process is asked: an examination, by the number that its answers carry. */
export interface ExaminationRequest {
  readonly examination: number;
  readonly settingsPath: string;
}

/** What an examining process tells the grader while it runs. */
const Told = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('started'), id: z.string() }),
  z.strictObject({ type: z.literal('finding'), finding: Finding }),
  z.strictObject({ type: z.literal('not-loaded'), fault: z.string().optional(), message: z.string() }),
  z.strictObject({ type: z.literal('ended') }),
]);
export type Told = z.infer<typeof Told>;

export const ExaminationMessage = z.strictObject({ examination: z.int(), told: Told });
export type ExaminationMessage = z.infer<typeof ExaminationMessage>;
