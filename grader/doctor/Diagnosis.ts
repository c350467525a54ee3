import * as z from 'zod';
import { IsolationTier } from '../model/isolation.ts';

/** One thing that the project can use, and what this machine has of it. */
export const Check = z.strictObject({
  name: z.string(),
  found: z.string(),
  /** `missing`: something is lost without it; `absent`: it would only be another choice. */
  state: z.enum(['here', 'missing', 'absent']),
  /** How to get it; empty where it is here. */
  remedy: z.string(),
});

/** One attack of the corpus, tried here. */
export const TriedAttack = z.strictObject({ name: z.string(), held: z.boolean() });

/** What `grade doctor` found: the one document that both its forms are drawn from. */
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
