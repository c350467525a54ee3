import * as z from 'zod';
import { secondsIn } from '../common/time.ts';
import { Span } from './time.ts';

/** `50%`, read as a share. */
const Share = z
  .string()
  .regex(/^(?:100|\d{1,2}(?:\.\d+)?)%$/u, 'must be a share from 0% to 100%, like 50%')
  .transform((text) => Number(text.slice(0, -1)) / 100);

/**
 * The share of the total that late work keeps, step by step: the first step that it is within applies, and after the
 * last one nothing is kept. Days are counted on the calendar of the due date's zone.
 */
export const LatePolicy = z.array(z.strictObject({ within: Span, keep: Share })).superRefine((steps, context) =>
  steps.forEach(({ within }, s) => {
    if (s > 0 && secondsIn(within) <= secondsIn(steps[s - 1].within))
      context.addIssue({ code: 'custom', path: [s, 'within'], message: 'must be longer than the step above' });
  }),
);
export type LatePolicy = z.infer<typeof LatePolicy>;
