import * as z from 'zod';

const PerCents = z.record(z.string(), z.number().positive().max(100));

/**
 * The weights of parts in the whole and of groups in their part, in per cent; without parts, of groups in the whole.
 */
export const Weights = z.strictObject({ parts: PerCents.optional(), groups: PerCents.optional() });
export type Weights = z.infer<typeof Weights>;
