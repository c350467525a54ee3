import * as z from 'zod';
import { momentOf, secondsOf } from '../common/time.ts';

/** A point in time as a person writes it, always with its zone; read as UTC in ISO 8601. */
export const Moment = z.string().transform((text, context) => {
  const moment = momentOf(text);
  if (moment !== undefined) return moment;
  context.addIssue({
    code: 'custom',
    message: `"${text}" must be a date, a time and a zone, like 2026-11-20T09:00+01:00 or 2026-11-20T08:00Z`,
  });
  return z.NEVER;
});

/** A duration as a person writes it, `7 days`; read as seconds. */
export const Span = z.string().transform((text, context) => {
  const seconds = secondsOf(text);
  if (seconds !== undefined) return seconds;
  context.addIssue({ code: 'custom', message: `"${text}" must be a number of minutes, hours, days or weeks: 7 days` });
  return z.NEVER;
});
