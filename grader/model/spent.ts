import * as z from 'zod';

const Seconds = z.number().nonnegative();

/** How the seconds of examining one criterion were spent, apart from judging: the rest of `seconds` of its finding. */
export const Spent = z.strictObject({
  /** Starting processes and loading bundles into them. */
  starts: Seconds,
  /** Calls before a measurement. */
  warmUp: Seconds,
  /** Calls of each implementation, as its process took them. */
  submission: Seconds,
  reference: Seconds,
  naive: Seconds,
  /** Sending arrays, waking processes and reading what they answer. */
  transfer: Seconds,
});
export type Spent = z.infer<typeof Spent>;
