import * as z from 'zod';
import { isTooLong, isZoneName, LONGEST_DAYS, type Span as SpanValue, spanOf } from '../common/time.ts';

/** How people may write a point in time, for messages. */
export const MOMENT_FORM =
  'a date and a time that exist, with a zone, like 2026-11-20T09:00+01:00 or 2026-11-20T09:00 Europe/Berlin';

/** The name of a zone, whose calendar is used for times without one. */
export const Zone = z.string().refine(isZoneName, 'must be the name of a zone, like Europe/Berlin');

/** What is wrong with a duration that is a mistake, whatever was meant. */
export const TOO_LONG = `must be at most ${LONGEST_DAYS} days`;

/** A duration as a person writes it, `7 days`. */
export const Span = z.string().transform((text, context): SpanValue => {
  const span = spanOf(text);
  if (span !== undefined && !isTooLong(span)) return span;
  const wrong = span === undefined ? 'must be a number of minutes, hours, days or weeks: 7 days' : TOO_LONG;
  context.addIssue({ code: 'custom', message: `"${text}" ${wrong}` });
  return z.NEVER;
});
