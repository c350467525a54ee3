import * as z from 'zod';
import { IsolationTier } from '../model/isolation.ts';

/** Something that the project can use, and whether this machine has it. */
export const Check = z.strictObject({
  name: z.string(),
  found: z.string(),
  /** `missing`: something does not work without it; `absent`: only an alternative is unavailable. */
  state: z.enum(['here', 'missing', 'absent']),
  /** How to get it; empty if it is installed. */
  remedy: z.string(),
});

/** One attack of the corpus, tried here. */
export const TriedAttack = z.strictObject({ name: z.string(), held: z.boolean() });

/** What `grade doctor` found, from which both its formats are rendered. */
export const Diagnosis = z.strictObject({
  schema: z.literal('im2grade/diagnosis'),
  version: z.literal(1),
  tier: IsolationTier,
  checks: z.array(Check),
  attacks: z.array(TriedAttack),
});

export type Check = z.infer<typeof Check>;
export type TriedAttack = z.infer<typeof TriedAttack>;
export type Diagnosis = z.infer<typeof Diagnosis>;
