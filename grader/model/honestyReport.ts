import * as z from 'zod';
import { Advice, ProofReport } from './proofReport.ts';

/** What was checked of an assignment, and what does not hold. */
export const HonestyReport = z.strictObject({
  schema: z.literal('im2grade/honesty-report'),
  version: z.literal(1),
  assignment: z.strictObject({ id: z.string(), title: z.string(), version: z.number().int() }),
  /** Of the inputs. */
  seed: z.number().int(),
  /** A sample: without speed, accuracy and other seeds, with one mutant for each criterion. */
  quick: z.boolean(),
  /** How good the suites are, by a sample of mutants; missing if a check does not hold. */
  mutation: ProofReport.pick({ possible: true, totals: true }).extend({ advice: Advice }).optional(),
  checks: z.array(
    z.strictObject({
      group: z.string(),
      /** What must hold. */
      name: z.string(),
      /** What does not hold; empty if all is well. */
      problems: z.array(z.string()),
      seconds: z.number(),
    }),
  ),
});

export type HonestyReport = z.infer<typeof HonestyReport>;
